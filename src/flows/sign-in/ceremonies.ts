import type { Account } from '../../domain/account.ts';
import type { Enrolment } from '../../domain/enrolment.ts';
import type { Ceremony, Factor, Form, Started, Verdict } from '../../domain/factor.ts';
import { type Step, stepName } from '../../domain/step.ts';
import type { Needs } from './needs.ts';
import type { Standing } from './standing.ts';

/** The ceremony that a step asks for, with its subject filled in: what the flow needs of any factor, and no more. */
export interface Bound {
  readonly factor: Factor;
  readonly lifetime?: number;
  readonly stateless: boolean;
  start(): Promise<Started<unknown>>;
  deliver?(state: unknown): Promise<void>;
  finish(state: unknown, answer: Form): Promise<Verdict<unknown, unknown>>;
  claimed?(answer: Form): Promise<string>;
  /** The enrolments that are being proved; empty while identifying or enrolling. */
  readonly enrolments: readonly Enrolment[];
}

/** The ceremony of a step, or undefined for a step that is not one. */
export function ceremonyOf(needs: Needs, { step, account, set }: Standing): Bound | undefined {
  switch (step.at) {
    case 'identify':
      return identification(needs, step);
    case 'prove': {
      const factor = named(needs, step.factor);
      const enrolments = set.enrolments.filter((one) => one.factor === step.factor && one.switchedOffAt === undefined);
      const subject = { account: present(account), enrolments };
      return bind({ factor, ceremony: factor.authentication, subject, enrolments });
    }
    case 'enrol':
      return enrolling(named(needs, step.factor), present(account));
    case 'keep-codes': {
      const recovery = needs.factors.find(({ role }) => role === 'recovery');
      return recovery === undefined ? undefined : enrolling(recovery, present(account));
    }
    case 'locked':
    case 'introduce':
    case 'choose':
    case 'codes-low':
    case 'reset':
    case 'consent':
    case 'refused':
    case 'done':
      return undefined;
  }
}

function identification(needs: Needs, step: Extract<Step, { at: 'identify' }>): Bound {
  const factor = needs.factors.find(({ name, identification }) => step.by.includes(name) && identification);
  if (factor === undefined) throw new Error(`no factor identifies: ${stepName(step)}`);
  return bind({ factor, ceremony: factor.identification, subject: undefined, enrolments: [] });
}

function enrolling(factor: Factor, account: Account): Bound {
  return bind({ factor, ceremony: factor.enrolment, subject: { account }, enrolments: [] });
}

interface Unbound<Subject> {
  readonly factor: Factor;
  readonly ceremony: Ceremony<Subject, unknown, unknown> | undefined;
  readonly subject: Subject;
  readonly enrolments: readonly Enrolment[];
}

function bind<Subject>({ factor, ceremony, subject, enrolments }: Unbound<Subject>): Bound {
  if (ceremony === undefined) throw new Error(`the factor ${factor.name} lacks a ceremony that its role needs`);
  return {
    factor,
    enrolments,
    stateless: ceremony.stateless === true,
    ...(ceremony.lifetime !== undefined && { lifetime: ceremony.lifetime }),
    start: () => ceremony.start(subject),
    finish: (state, answer) => ceremony.finish(subject, state, answer),
    ...(ceremony.deliver && { deliver: async (state: unknown) => ceremony.deliver?.(subject, state) }),
    ...(ceremony.claimed && { claimed: async (answer: Form) => (await ceremony.claimed?.(answer)) ?? '' }),
  };
}

function named({ factors }: Needs, name: string): Factor {
  const factor = factors.find((one) => one.name === name);
  if (factor === undefined) throw new Error(`no factor is called ${name}`);
  return factor;
}

function present(account: Account | undefined): Account {
  if (account === undefined) throw new Error('a step beyond identification has an account');
  return account;
}
