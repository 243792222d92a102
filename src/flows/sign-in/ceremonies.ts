import type { Account } from '../../domain/account.ts';
import type { Enrolment } from '../../domain/enrolment.ts';
import type { Ceremony, Factor, Form, Started, Verdict, Visiting } from '../../domain/factor.ts';
import type { Open, StepName } from '../../domain/login.ts';
import { stepName } from '../../domain/step.ts';
import type { Needs } from './needs.ts';
import type { Turn } from './turn.ts';

/** The ceremony that a step asks for, with its subject filled in: what the flow needs of any factor, and no more. */
export interface Bound {
  readonly factor: Factor;
  /** Where its challenge is kept in `Login.open`. */
  readonly place: StepName;
  readonly once: boolean;
  readonly lifetime?: number;
  readonly stateless: boolean;
  start(): Promise<Started<unknown>>;
  deliver?(state: unknown): Promise<void>;
  finish(state: unknown, answer: Form): Promise<Verdict<unknown, unknown>>;
  /** Whether a challenge that was opened can still be answered at this moment. */
  stands(open: Open): boolean;
  claimed?(answer: Form): Promise<string>;
  /** The enrolments that are being proved; empty while identifying or enrolling. */
  readonly enrolments: readonly Enrolment[];
}

/**
 * The ceremony of a step, or undefined for a step that is not one.
 * @param by the factor that an answer is for, where a step can be answered by several
 */
export function ceremonyOf(turn: Turn, by?: string): Bound | undefined {
  const { needs, standing } = turn;
  const { step } = standing;
  switch (step.at) {
    case 'identify': {
      const ways = identifications(turn);
      return ways.find(({ factor }) => factor.name === by) ?? ways[0];
    }
    case 'prove':
      return proving(turn, named(needs, step.factor));
    case 'enrol':
      return enrolling(turn, named(needs, step.factor));
    case 'keep-codes': {
      const recovery = needs.factors.find(({ role }) => role === 'recovery');
      return recovery === undefined ? undefined : enrolling(turn, recovery);
    }
    case 'reset':
      return recovering(turn);
    case 'locked':
    case 'introduce':
    case 'choose':
    case 'codes-low':
    case 'announce':
    case 'offer':
    case 'permit':
    case 'consent':
    case 'refused':
    case 'done':
      return undefined;
  }
}

/** Every ceremony that a step asks for: more than one while nobody is known. */
export function ceremoniesOf(turn: Turn): readonly Bound[] {
  if (turn.standing.step.at === 'identify') return identifications(turn);
  const ceremony = ceremonyOf(turn);
  return ceremony === undefined ? [] : [ceremony];
}

/** The ways to say who one is, all on one page. The first one has it; of the others each keeps its challenge beside. */
function identifications(turn: Turn): readonly Bound[] {
  const { needs, standing } = turn;
  const { step } = standing;
  if (step.at !== 'identify') return [];
  const ways = needs.factors.filter(({ name, identification }) => step.by.includes(name) && identification);
  if (ways.length === 0) throw new Error(`no factor identifies: ${stepName(step)}`);
  return ways.map((factor, index) => ({
    ...bind(turn, { factor, ceremony: factor.identification, subject: undefined, enrolments: [] }),
    place: index === 0 ? stepName(step) : `${stepName(step)}:${factor.name}`,
  }));
}

function proving(turn: Turn, factor: Factor): Bound {
  const { account, set } = turn.standing;
  const enrolments = set.enrolments.filter((one) => one.factor === factor.name && one.switchedOffAt === undefined);
  const subject = { account: present(account), visiting: visiting(turn), enrolments };
  return bind(turn, { factor, ceremony: factor.authentication, subject, enrolments });
}

/** A recovery code, given for a reset. */
function recovering(turn: Turn): Bound | undefined {
  const recovery = turn.needs.factors.find(({ role }) => role === 'recovery');
  return recovery && proving(turn, recovery);
}

function enrolling(turn: Turn, factor: Factor): Bound {
  const { needs, standing } = turn;
  const { account, organization, set, facts } = standing;
  const provisional = set.provisional.find((one) => one.factor === factor.name);
  const { numberChange } = organization ?? needs.settings.policy;
  const subject = {
    account: present(account),
    visiting: visiting(turn),
    ...(provisional !== undefined && { provisional }),
    // Whoever has neither a permit nor another factor, which they then have proved, may set up what staff prepared and nothing else.
    mayReplace: provisional === undefined || (numberChange && (facts.permit || facts.held.length > 0)),
  };
  return bind(turn, { factor, ceremony: factor.enrolment, subject, enrolments: [] });
}

function visiting({ visitor, standing }: Turn): Visiting {
  return { address: visitor.address, locale: standing.account?.locale ?? visitor.locale };
}

interface Unbound<Subject> {
  readonly factor: Factor;
  readonly ceremony: Ceremony<Subject, unknown, unknown> | undefined;
  readonly subject: Subject;
  readonly enrolments: readonly Enrolment[];
}

function bind<Subject>(
  { needs: { clock }, standing }: Turn,
  { factor, ceremony, subject, enrolments }: Unbound<Subject>,
): Bound {
  if (ceremony === undefined) throw new Error(`the factor ${factor.name} lacks a ceremony that its role needs`);
  return {
    factor,
    place: stepName(standing.step),
    enrolments,
    once: ceremony.once === true,
    stateless: ceremony.stateless === true,
    ...(ceremony.lifetime !== undefined && { lifetime: ceremony.lifetime }),
    start: () => ceremony.start(subject),
    finish: (state, answer) => ceremony.finish(subject, state, answer),
    stands: ({ expiresAt, remember }) =>
      !(expiresAt !== undefined && expiresAt <= clock.now()) && (ceremony.stands?.(subject, remember) ?? true),
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
