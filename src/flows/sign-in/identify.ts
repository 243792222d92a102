import type { Form, Verdict } from '../../domain/factor.ts';
import type { Bound } from './ceremonies.ts';
import { problemOf } from './problem-of.ts';
import { epochOf } from './standing.ts';
import type { Move, Turn } from './turn.ts';

/**
 * Finds out who is there. Wrong answers slow down by the name that was typed, known or not, and by address;
 * a browser that signed in under that name before has a count of its own, so that a stranger's guesses cost its owner nothing.
 */
export async function identify(turn: Turn, ceremony: Bound, form: Form): Promise<Move> {
  const { needs, visitor, trail, standing } = turn;
  const { throttle, settings, vault, clock, enrolments } = needs;
  const name = vault.digest((await ceremony.claimed?.(form)) ?? '', 'claimed-name');
  const { browser } = visitor;
  const nameKey = browser?.names.includes(name) ? `browser:${browser.id}:${name}` : `name:${name}`;
  const addressKey = `address:${visitor.address}`;

  const byName = await throttle.spend(nameKey, settings.throttle.name);
  const byAddress = byName.granted ? await throttle.spend(addressKey, settings.throttle.address) : byName;
  if (!byAddress.granted) {
    if (byName.granted) await throttle.refund(nameKey);
    trail.note('sign-in.throttled', undefined, { name });
    return { problem: { code: 'throttled', wait: byAddress.wait } };
  }

  const verdict: Verdict<unknown, unknown> = await ceremony.finish(standing.login.open.identify?.remember, form);
  if (verdict.ok !== true || verdict.account === undefined) {
    if (verdict.ok === false && verdict.reason === 'wrong') {
      trail.note('sign-in.wrong', undefined, { factor: ceremony.factor.name, name });
      return { problem: { code: 'wrong' } };
    }
    await Promise.all([throttle.refund(nameKey), throttle.refund(addressKey)]);
    return { problem: verdict.ok === false ? problemOf(verdict) : { code: 'pending' } };
  }

  const { account, amr, enrolment } = verdict;
  const [set] = await Promise.all([enrolments.of(account.id), throttle.clear(nameKey), throttle.refund(addressKey)]);
  trail.note('sign-in.identified', account.id, { factor: ceremony.factor.name });
  const proof = { factor: ceremony.factor.name, amr, at: clock.now(), ...(enrolment !== undefined && { enrolment }) };
  return {
    login: {
      ...standing.login,
      account: account.id,
      epoch: epochOf(account, set),
      proofs: [proof],
      open: {},
      stay: form.stay === 'on',
    },
    recognised: name,
  };
}
