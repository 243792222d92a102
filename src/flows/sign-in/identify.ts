import type { Account } from '../../domain/account.ts';
import type { FactorName, Form, Verdict } from '../../domain/factor.ts';
import { epochOf } from '../../domain/login.ts';
import type { Bound } from './ceremonies.ts';
import { problemOf } from './problem-of.ts';
import { slowDown } from './slow-down.ts';
import { take } from './take.ts';
import type { Move, Turn } from './turn.ts';

type Right = Extract<Verdict<unknown, unknown>, { ok: true }> & { readonly account: Account };

/** Finds out who is there. What can be guessed is slowed down; what cannot is never counted against anybody. */
export async function identify(arrived: Turn, ceremony: Bound, form: Form): Promise<Move> {
  const taken = await take(arrived, ceremony);
  if ('problem' in taken) return taken;
  const { turn, remember } = taken;
  const { trail } = turn;
  const { name: factor, guessable } = ceremony.factor;
  const attempt = guessable ? await slowDown(turn, ceremony, form) : undefined;
  if (attempt?.wait !== undefined) {
    // Not in the audit log: nothing was judged, and anybody could fill it.
    return { problem: { code: 'throttled', wait: attempt.wait } };
  }

  const verdict = await ceremony.finish(remember, form).catch(async (error: unknown) => {
    await attempt?.giveBack();
    throw error;
  });
  if (isRight(verdict)) {
    await attempt?.forgive();
    return identified(turn, ceremony, { verdict, form, ...(attempt && { recognised: attempt.name }) });
  }
  if (verdict.ok === false && verdict.reason === 'wrong') {
    trail.note('sign-in.wrong', undefined, { factor, ...(attempt && { name: attempt.name }) });
    return { problem: problemOf(verdict) };
  }
  await attempt?.giveBack();
  if (verdict.ok !== false) return { problem: { code: 'pending' } };
  return rejected(turn, factor, verdict);
}

function isRight(verdict: Verdict<unknown, unknown>): verdict is Right {
  return verdict.ok === true && verdict.account !== undefined;
}

/**
 * Nobody is known yet: what exactly was wrong is for the log, and would tell a stranger which accounts and keys there are.
 * From one address, the log gets no more of it than of wrong passwords: anybody could fill it.
 */
async function rejected(
  { needs: { throttle, settings }, visitor, trail }: Turn,
  factor: FactorName,
  { detail, copied, ...verdict }: Extract<Verdict<unknown, unknown>, { ok: false }>,
): Promise<Move> {
  const { reason } = verdict;
  const logged = await throttle.spend([{ key: `rejected:${visitor.address}`, rule: settings.throttle.address }]);
  const details = { factor, reason, ...(detail !== undefined && { detail }) };
  if (logged.granted) trail.note('sign-in.rejected', undefined, details);
  if (copied !== undefined) trail.note('factor.copied', copied.account, { factor, enrolment: copied.enrolment });
  return { problem: { ...problemOf(verdict), by: factor } };
}

interface Identified {
  readonly verdict: Right;
  readonly form: Form;
  /** Digest of the name that was typed. */
  readonly recognised?: string;
}

async function identified(turn: Turn, { factor }: Bound, { verdict, form, recognised }: Identified): Promise<Move> {
  const { needs, standing, trail } = turn;
  const { account, amr, enrolment, secret } = verdict;
  const at = needs.clock.now();
  const set = await needs.enrolments.of(account.id);
  const used = set.enrolments.find(({ id }) => id === enrolment);
  const kept = used !== undefined && (await needs.enrolments.replace({ ...used, secret, lastUsedAt: at }));
  if (enrolment !== undefined && !kept) {
    trail.note('factor.replayed', account.id, { factor: factor.name });
    return { problem: { code: 'refused', by: factor.name } };
  }
  const { notice: _read, ...login } = standing.login;
  const proof = { factor: factor.name, amr, at, ...(enrolment !== undefined && { enrolment }) };
  trail.note('sign-in.identified', account.id, { factor: factor.name, ...(enrolment !== undefined && { enrolment }) });
  return {
    login: {
      ...login,
      account: account.id,
      epoch: epochOf(account, set),
      proofs: [proof],
      brought: 0,
      open: {},
      offers: offersFor(turn, account, form),
      stay: form.stay === 'on',
    },
    ...(recognised !== undefined && { recognised }),
  };
}

/** What the page found that this browser can set up, unless somebody said "not now" to it here. */
function offersFor({ needs, visitor }: Turn, account: Account, { can = '' }: Form): readonly FactorName[] {
  if (visitor.browser?.postponed.includes(postponing(needs, account.id))) return [];
  const able = can.split(' ');
  return needs.factors.filter(({ name, role }) => role === 'second' && able.includes(name)).map(({ name }) => name);
}

/** Names an account to a browser that was told "not now" by its owner. */
export function postponing({ vault }: Pick<Turn['needs'], 'vault'>, account: string): string {
  return vault.digest(account, 'postponed');
}
