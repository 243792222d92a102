import { acrOf, amrOf } from '../../domain/acr.ts';
import type { FactorName } from '../../domain/factor.ts';
import { newLogin } from '../../domain/login.ts';
import { mayReset } from '../../domain/step.ts';
import { mayHaveAnother } from './another.ts';
import { ask } from './ask.ts';
import { ceremoniesOf } from './ceremonies.ts';
import { permitShow } from './permit.ts';
import { problemWith } from './problem-of.ts';
import { daysOffered } from './remember.ts';
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
  const { step } = standing;
  if (step.at === 'refused') {
    if (step.reason === 'stale') return restarted(turn);
    trail.note('sign-in.refused', standing.account?.id, { reason: step.reason });
  }
  if (step.at === 'done') await finished(turn);
  const [ceremony, ...others] = ceremoniesOf(turn);
  if (ceremony === undefined) return screenOf(turn, step.at === 'permit' ? permitShow(turn) : {}, problem);
  const asked = await ask(turn, [ceremony, ...others]);
  if (asked !== undefined) {
    const { first, alongside } = asked;
    return { ...screenOf(turn, first.show, problem ?? problemWith(first)), ...(others.length > 0 && { alongside }) };
  }
  // Another request opened it first: theirs is the challenge, and theirs was sent.
  const winner = await needs.logins.find(arrived.request.uid);
  if (winner === undefined) return screenOf(turn, {}, { code: 'stale' });
  return present({ ...turn, standing: await standingOf(needs, arrived, winner) }, problem);
}

/** The account changed since this login began: nothing that was proved counts any more. */
async function restarted(turn: Turn): Promise<Screen> {
  const { needs, request, standing, trail } = turn;
  const { login } = standing;
  trail.note('sign-in.restarted', login.account);
  const fresh = { ...newLogin(login.uid), version: login.version };
  await needs.logins.save(fresh, needs.settings.lifetime);
  const current = (await needs.logins.find(request.uid)) ?? fresh;
  return present({ ...turn, standing: await standingOf(needs, turn, current) }, { code: 'changed' });
}

/**
 * Only a whole login forgives wrong codes, and only by what it proved itself: neither a known password nor an old session may refill
 * the budget of who guesses.
 */
export function forgivesAll({ step, login, stages }: Standing): boolean {
  const given = login.proofs.slice(login.brought);
  return step.at === 'done' && given.some(({ factor }) => !stages[0]?.any.includes(factor));
}

async function finished({ needs, visitor, standing, trail }: Turn): Promise<void> {
  const { account, login, device } = standing;
  if (account === undefined) return;
  const given = login.proofs.slice(login.brought);
  if (forgivesAll(standing)) await needs.lockouts.clear(account.id);
  // Who has just set a factor up is told of that.
  const isNew = !visitor.browser?.accounts.includes(deviceOf(needs, account.id));
  if (isNew && given.length > 0 && !login.wizard) trail.note('sign-in.new-device', account.id);
  if (device !== undefined) await needs.devices.used(device.id, needs.clock.now());
  trail.note('sign-in.finished', account.id, {
    amr: login.proofs.flatMap(({ amr }) => amr).join(' '),
    ...(device !== undefined && { device: device.id }),
  });
}

/** Names an account to a browser in which its owner signed in. */
function deviceOf({ vault }: Turn['needs'], account: string): string {
  return vault.digest(account, 'device').slice(0, 22);
}

function screenOf(turn: Turn, show: object, problem?: Problem): Screen {
  const { client, account, organization, step, login, facts, set } = turn.standing;
  const { detour, notice } = login;
  const switchedOff = step.at === 'prove' ? factorsOff(set) : [];
  const bound = binding(turn);
  const wizard = wizardStep(turn.standing);
  const outcome = outcomeOf(turn);
  const another = anotherOf(turn);
  const rememberDays = daysOffered(turn.needs, turn.standing);
  return {
    step,
    show,
    ...(problem !== undefined && { problem }),
    ...(client !== undefined && { client }),
    ...(account !== undefined && { account }),
    ...(organization !== undefined && { organization }),
    ...(bound !== undefined && { bound }),
    ...(wizard !== undefined && { wizard }),
    ...(another !== undefined && { another }),
    ...(rememberDays !== undefined && { rememberDays }),
    ...(outcome !== undefined && { outcome }),
    ...(switchedOff.length > 0 && { switchedOff }),
    ...(step.at === 'prove' && mayReset(facts) && { mayReset: true }),
    ...(step.at === 'identify' && detour !== undefined && { detour }),
    ...(step.at === 'identify' && notice !== undefined && { notice }),
  };
}

function factorsOff({ enrolments }: Standing['set']): readonly FactorName[] {
  return [...new Set(enrolments.flatMap(({ factor, switchedOffAt }) => (switchedOffAt === undefined ? [] : factor)))];
}

function wizardStep({ step, login }: Standing): Screen['wizard'] {
  if (step.at === 'introduce') return 1;
  if (step.at === 'choose') return 2;
  // A factor that the person adds of their own accord belongs to the wizard only where that is going on.
  if (step.at === 'enrol') return step.optional && !login.wizard ? undefined : 2;
  return step.at === 'keep-codes' && login.wizard ? 3 : undefined;
}

function anotherOf({ needs, standing }: Turn): Screen['another'] {
  const { step, login } = standing;
  if (step.at !== 'prove') return undefined;
  if (login.adding !== undefined) return 'wanted';
  return mayHaveAnother(needs, standing, step.factor) ? 'possible' : undefined;
}

function outcomeOf({ needs, standing }: Turn): Outcome | undefined {
  const { step, login, device } = standing;
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
    ...(device !== undefined && { remembered: device.id }),
    device: deviceOf(needs, step.account),
  };
}
