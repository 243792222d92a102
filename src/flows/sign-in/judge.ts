import { randomUUID } from 'node:crypto';
import type { FactorName, Form, Rejected, Verdict } from '../../domain/factor.ts';
import { Failure } from '../../domain/failure.ts';
import type { Login } from '../../domain/login.ts';
import type { Bound } from './ceremonies.ts';
import { problemOf } from './problem-of.ts';
import { daysOffered } from './remember.ts';
import { startOver } from './start-over.ts';
import { take, withoutChallenge } from './take.ts';
import type { Move, Turn } from './turn.ts';

type Right = Extract<Verdict<unknown, unknown>, { ok: true }>;

/**
 * Judges the answer to a ceremony of the second stage. An attempt is taken before it is judged and given back when it was right
 * or never judged, so that any number of parallel guesses gets no more than the rule allows.
 */
export async function judge(arrived: Turn, ceremony: Bound, form: Form): Promise<Move> {
  const { account, step } = arrived.standing;
  if (account === undefined) return { problem: { code: 'stale' } };
  const taken = await take(arrived, ceremony);
  if ('problem' in taken) return taken;
  const { turn, remember } = taken;
  const { needs, trail } = turn;

  // What was just shown to the person (their new recovery codes) is no guess.
  const counted = ceremony.factor.guessable && step.at !== 'keep-codes';
  const attempt = counted ? await needs.lockouts.spend(account.id) : undefined;
  if (attempt?.granted === false) return {};
  // A block closes the whole second stage, ways that nobody can guess included. New codes come after it.
  if (!counted && step.at !== 'keep-codes' && (await needs.lockouts.until(account.id)) !== undefined) return {};

  const verdict = await ceremony.finish(remember, form).catch(async (error: unknown) => {
    // Turned away before it was judged.
    if (counted && error instanceof Failure && error.code === 'busy') await needs.lockouts.refund(account.id);
    throw error;
  });
  const { name } = ceremony.factor;
  if (verdict.ok === false && verdict.reason === 'wrong') return wrong(turn, ceremony, attempt?.left);
  if (verdict.ok === true && !(await keep(turn, ceremony, verdict))) {
    // The same answer won elsewhere at the same moment: a replay, and counted as one.
    trail.note('factor.replayed', account.id, { factor: name });
    if (step.at !== 'prove' && step.at !== 'reset') return { problem: { code: 'stale' } };
    return { problem: { code: counted ? 'wrong' : 'refused' } };
  }
  if (verdict.ok === true && step.at === 'reset') return startOver(turn, account, name);
  if (verdict.ok === true) {
    const { enrolment } = verdict;
    const details = { factor: name, ...(enrolment !== undefined && { enrolment }) };
    trail.note(step.at === 'prove' ? provedAs(ceremony.factor) : 'factor.enrolled', account.id, details);
    const login = proven(turn, ceremony, verdict);
    // One more of the same, when the person asks for it with the answer.
    const again = step.at === 'enrol' && ceremony.factor.several === true && form.again === 'on';
    const remember = form.device === 'on' ? daysOffered(needs, turn.standing) : undefined;
    return {
      login: again ? { ...login, adding: name } : login,
      ...(counted && { spent: true }),
      ...(remember !== undefined && { remember }),
    };
  }
  if (counted) await needs.lockouts.refund(account.id);
  if (verdict.ok === false) {
    return rejected(turn, name, verdict);
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
  let off = false;
  for (const { id } of enrolments) {
    if (await needs.enrolments.fail(id, settings.switchOffAfter, clock.now())) {
      trail.note('factor.switched-off', account, { factor: factor.name });
      off = true;
    }
  }
  if (left === 0) trail.note('sign-in.blocked', account);
  // The page that follows is about something else, and says what happened.
  if (off) return {};
  return { problem: { code: 'wrong', ...(left !== undefined && { left }) } };
}

function rejected({ standing, trail }: Turn, factor: FactorName, verdict: Rejected): Move {
  const { reason, detail, copied } = verdict;
  const account = standing.account?.id;
  trail.note('factor.rejected', account, { factor, reason, ...(detail !== undefined && { detail }) });
  if (copied !== undefined) trail.note('factor.copied', copied.account, { factor, enrolment: copied.enrolment });
  return { problem: problemOf(verdict) };
}

/** Recovery codes are few, and each tells of a lost factor: their owner finds every use among what happened. */
function provedAs({ role }: Bound['factor']): string {
  return role === 'recovery' ? 'recovery.used' : 'factor.proved';
}

/** Stores the next secret. Only one of several requests with the same answer succeeds. */
async function keep({ needs, standing }: Turn, { factor, enrolments }: Bound, verdict: Right): Promise<boolean> {
  const { step, set, login, facts } = standing;
  const now = needs.clock.now();
  const used = enrolments.find(({ id }) => verdict.enrolment === undefined || id === verdict.enrolment);
  if (step.at === 'prove') {
    // A password has no enrolment.
    if (factor.role === 'first') return true;
    return used !== undefined && needs.enrolments.replace({ ...used, secret: verdict.secret, lastUsedAt: now });
  }
  // New codes take the place of a used-up set; every other factor is one more.
  const previous = set.enrolments.find((one) => one.factor === factor.name && one.switchedOffAt === undefined);
  if (step.at === 'keep-codes' && previous !== undefined) {
    return needs.enrolments.replace({ ...previous, secret: verdict.secret });
  }
  if (step.at === 'reset') return used !== undefined && needs.enrolments.reset(used.account, used);
  const account = login.account ?? '';
  const { secret } = verdict;
  const lookup = factor.lookup?.(secret);
  const added = { id: randomUUID(), account, factor: factor.name, secret, version: 0, createdAt: now, failures: 0 };
  const kept = await needs.enrolments.add({ ...added, ...(lookup !== undefined && { lookup }) }, set.version);
  // Its permits have done what they were for.
  if (kept && facts.held.length === 0) await needs.permits.removeOf(account);
  return kept;
}

function proven({ needs, standing }: Turn, { factor, place }: Bound, { amr, enrolment }: Right): Login {
  const { chosen: _chosen, adding, detour: _taken, ...rest } = withoutChallenge(standing.login, place);
  if (standing.step.at === 'keep-codes') return rest;
  const proof = { factor: factor.name, amr, at: needs.clock.now(), ...(enrolment !== undefined && { enrolment }) };
  const toAdd = standing.step.at === 'prove' && adding !== undefined;
  return { ...rest, ...(toAdd && { adding }), proofs: [...rest.proofs, proof] };
}

/** The same ceremony asks one more thing. */
function opened(
  { needs, standing }: Turn,
  { lifetime, place }: Bound,
  verdict: Extract<Verdict<unknown, unknown>, { ok: 'more' }>,
): Login {
  const { login } = standing;
  const { remember, show } = verdict;
  const deadline = lifetime === undefined ? {} : { expiresAt: needs.clock.now() + lifetime };
  return { ...login, open: { ...login.open, [place]: { remember, show, ...deadline } } };
}
