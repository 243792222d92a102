import { randomUUID } from 'node:crypto';
import type { Form, Verdict } from '../../domain/factor.ts';
import { Failure } from '../../domain/failure.ts';
import type { Login } from '../../domain/login.ts';
import { stepName } from '../../domain/step.ts';
import type { Bound } from './ceremonies.ts';
import { problemOf } from './problem-of.ts';
import type { Move, Turn } from './turn.ts';

type Right = Extract<Verdict<unknown, unknown>, { ok: true }>;

/**
 * Judges the answer to a ceremony of the second stage. An attempt is taken before it is judged and given back when it was right
 * or never judged, so that any number of parallel guesses gets no more than the rule allows.
 */
export async function judge(turn: Turn, ceremony: Bound, form: Form): Promise<Move> {
  const { needs, standing, trail } = turn;
  const { login, account, step } = standing;
  const open = login.open[stepName(step)];
  if (account === undefined || (open === undefined && !ceremony.stateless)) return { problem: { code: 'stale' } };
  if (open?.expiresAt !== undefined && open.expiresAt <= needs.clock.now()) return { problem: { code: 'expired' } };
  if (open !== undefined && !ceremony.stands(open)) return { problem: { code: 'changed' } };

  // What was just shown to the person (their new recovery codes) is no guess.
  const counted = ceremony.factor.guessable && step.at !== 'keep-codes';
  const attempt = counted ? await needs.lockouts.spend(account.id) : undefined;
  if (attempt?.granted === false) return {};
  // A block closes the whole second stage, ways that nobody can guess included. New codes come after it.
  if (!counted && step.at !== 'keep-codes' && (await needs.lockouts.until(account.id)) !== undefined) return {};

  const verdict = await ceremony.finish(open?.remember, form).catch(async (error: unknown) => {
    // Turned away before it was judged.
    if (counted && error instanceof Failure && error.code === 'busy') await needs.lockouts.refund(account.id);
    throw error;
  });
  const { name } = ceremony.factor;
  if (verdict.ok === false && verdict.reason === 'wrong') return wrong(turn, ceremony, attempt?.left);
  if (verdict.ok === true && !(await keep(turn, ceremony, verdict))) {
    // The same answer won elsewhere at the same moment: a replay, and counted as one.
    trail.note('factor.replayed', account.id, { factor: name });
    return { problem: { code: step.at === 'prove' ? 'wrong' : 'stale' } };
  }
  if (verdict.ok === true) {
    trail.note(step.at === 'prove' ? 'factor.proved' : 'factor.enrolled', account.id, { factor: name });
    return { login: proven(turn, ceremony, verdict), ...(counted && { spent: true }) };
  }
  if (counted) await needs.lockouts.refund(account.id);
  if (verdict.ok === false) {
    trail.note('factor.rejected', account.id, { factor: name, reason: verdict.reason });
    return { problem: problemOf(verdict) };
  }
  if (verdict.ok === 'pending') return { problem: { code: 'pending' } };
  return { login: opened(turn, ceremony, verdict), deliver: true };
}

async function wrong(
  { needs, standing, trail }: Turn,
  { factor, enrolments }: Bound,
  left: number | undefined,
): Promise<Move> {
  const account = standing.account?.id;
  trail.note('factor.wrong', account, { factor: factor.name });
  const { clock, settings } = needs;
  for (const { id } of enrolments) {
    if (await needs.enrolments.fail(id, settings.switchOffAfter, clock.now())) {
      trail.note('factor.switched-off', account, { factor: factor.name });
    }
  }
  if (left === 0) trail.note('sign-in.blocked', account);
  return { problem: { code: 'wrong', ...(left !== undefined && { left }) } };
}

/** Stores the next secret. Only one of several requests with the same answer succeeds. */
async function keep({ needs, standing }: Turn, { factor, enrolments }: Bound, verdict: Right): Promise<boolean> {
  const { step, set, login } = standing;
  const now = needs.clock.now();
  const used = enrolments.find(({ id }) => verdict.enrolment === undefined || id === verdict.enrolment);
  if (step.at === 'prove') {
    return used !== undefined && needs.enrolments.replace({ ...used, secret: verdict.secret, lastUsedAt: now });
  }
  // New codes take the place of a used-up set; every other factor is one more.
  const previous = set.enrolments.find((one) => one.factor === factor.name && one.switchedOffAt === undefined);
  if (step.at === 'keep-codes' && previous !== undefined) {
    return needs.enrolments.replace({ ...previous, secret: verdict.secret });
  }
  const account = login.account ?? '';
  const { secret } = verdict;
  const lookup = factor.lookup?.(secret);
  const added = { id: randomUUID(), account, factor: factor.name, secret, version: 0, createdAt: now, failures: 0 };
  return needs.enrolments.add({ ...added, ...(lookup !== undefined && { lookup }) }, set.version);
}

function proven({ needs, standing }: Turn, { factor }: Bound, { amr, enrolment }: Right): Login {
  const { step, login } = standing;
  const { [stepName(step)]: _answered, ...open } = login.open;
  const { chosen: _chosen, ...rest } = login;
  if (step.at === 'keep-codes') return { ...rest, open };
  const proof = { factor: factor.name, amr, at: needs.clock.now(), ...(enrolment !== undefined && { enrolment }) };
  return { ...rest, open, proofs: [...login.proofs, proof] };
}

/** The same ceremony asks one more thing. */
function opened(
  { needs, standing }: Turn,
  { lifetime }: Bound,
  verdict: Extract<Verdict<unknown, unknown>, { ok: 'more' }>,
): Login {
  const { login, step } = standing;
  const { remember, show } = verdict;
  const deadline = lifetime === undefined ? {} : { expiresAt: needs.clock.now() + lifetime };
  return { ...login, open: { ...login.open, [stepName(step)]: { remember, show, ...deadline } } };
}
