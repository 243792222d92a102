import { acrOf, amrOf } from '../../domain/acr.ts';
import { newLogin } from '../../domain/login.ts';
import { stepName } from '../../domain/step.ts';
import { type Bound, ceremonyOf } from './ceremonies.ts';
import { deliver } from './deliver.ts';
import { problemWith } from './problem-of.ts';
import type { Outcome, Problem, Screen } from './screen.ts';
import { lockable, type Standing, standingOf } from './standing.ts';
import type { Turn } from './turn.ts';

/** Ties forms to the account they were shown to, without telling which one it is. */
export function binding({ needs, request, standing }: Turn): string | undefined {
  const { account } = standing;
  return account === undefined ? undefined : needs.vault.digest(`${request.uid}\n${account.id}`, 'form').slice(0, 16);
}

/** The screen for where a login stands. Starts the ceremony of its step when nobody has yet. */
export async function present(arrived: Turn, problem?: Problem): Promise<Screen> {
  const { needs, trail } = arrived;
  const standing = await lockable(needs, arrived.standing);
  const turn = { ...arrived, standing };
  const { step, login } = standing;
  if (step.at === 'refused') {
    if (step.reason === 'stale') return restarted(turn);
    trail.note('sign-in.refused', standing.account?.id, { reason: step.reason });
  }
  if (step.at === 'done') await finished(turn);
  const ceremony = ceremonyOf(turn);
  if (ceremony === undefined) return screenOf(turn, {}, problem);
  const open = login.open[stepName(step)];
  if (open !== undefined && ceremony.stands(open)) {
    // A reload shows the same challenge again and never sends another message.
    return screenOf(turn, open.show, problem ?? problemWith(open));
  }
  return start(turn, ceremony, problem);
}

async function start(turn: Turn, ceremony: Bound, problem: Problem | undefined): Promise<Screen> {
  const { needs, request, standing } = turn;
  const { login, step } = standing;
  const { remember, show } = await ceremony.start();
  if (ceremony.stateless) return screenOf(turn, show, problem);
  const deadline = ceremony.lifetime === undefined ? {} : { expiresAt: needs.clock.now() + ceremony.lifetime };
  const name = stepName(step);
  const opened = { ...login, open: { ...login.open, [name]: { remember, show, ...deadline } } };
  if (await needs.logins.save(opened, needs.settings.lifetime)) {
    const { open } = await deliver(turn, ceremony, { ...opened, version: opened.version + 1 });
    return screenOf(turn, show, problem ?? problemWith(open[name]));
  }
  // Another request opened it first: theirs is the challenge, and theirs was sent.
  const winner = await needs.logins.find(request.uid);
  if (winner === undefined) return screenOf(turn, {}, { code: 'stale' });
  return present({ ...turn, standing: await standingOf(needs, request, winner) }, problem);
}

/** The account changed since this login began: nothing that was proved counts any more. */
async function restarted(turn: Turn): Promise<Screen> {
  const { needs, request, standing, trail } = turn;
  const { login } = standing;
  trail.note('sign-in.restarted', login.account);
  const fresh = { ...newLogin(login.uid), version: login.version };
  await needs.logins.save(fresh, needs.settings.lifetime);
  const current = (await needs.logins.find(request.uid)) ?? fresh;
  return present({ ...turn, standing: await standingOf(needs, request, current) }, { code: 'changed' });
}

/** Only a whole login forgives wrong codes: a known password must not refill the budget for the next factor. */
async function finished({ needs, standing, trail }: Turn): Promise<void> {
  const { account, login } = standing;
  if (account === undefined) return;
  if (login.proofs.length > 1) await needs.lockouts.clear(account.id);
  trail.note('sign-in.finished', account.id, { amr: login.proofs.flatMap(({ amr }) => amr).join(' ') });
}

function screenOf(turn: Turn, show: object, problem?: Problem): Screen {
  const { client, account, organization, step } = turn.standing;
  const bound = binding(turn);
  const wizard = wizardStep(turn.standing);
  const outcome = outcomeOf(turn);
  return {
    step,
    show,
    ...(problem !== undefined && { problem }),
    ...(client !== undefined && { client }),
    ...(account !== undefined && { account }),
    ...(organization !== undefined && { organization }),
    ...(bound !== undefined && { bound }),
    ...(wizard !== undefined && { wizard }),
    ...(outcome !== undefined && { outcome }),
  };
}

function wizardStep({ step, login }: Standing): Screen['wizard'] {
  if (step.at === 'introduce') return 1;
  if (step.at === 'choose' || step.at === 'enrol') return 2;
  return step.at === 'keep-codes' && login.wizard ? 3 : undefined;
}

function outcomeOf({ needs, standing }: Turn): Outcome | undefined {
  const { step, login } = standing;
  if (step.at !== 'done') return undefined;
  const traits = new Map(needs.factors.map((factor) => [factor.name, factor]));
  return {
    account: step.account,
    proofs: step.proofs,
    acr: acrOf(step.proofs, traits),
    amr: amrOf(step.proofs, traits),
    epoch: login.epoch ?? '',
    identifiedAt: step.proofs[0]?.at ?? needs.clock.now(),
    stay: login.stay,
  };
}
