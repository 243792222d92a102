import type { Form } from '../../domain/factor.ts';
import { stepName } from '../../domain/step.ts';
import { confirmedAddressOf } from '../mail/addressee.ts';
import { givePermit, PERMIT_LIFETIME } from '../permits/give.ts';
import { readHandedCode, redeemCode } from '../permits/redeem.ts';
import type { Move, Turn } from './turn.ts';

/** Links that an account gets at once, and the milliseconds before each further one. */
const MAILS = { free: 3, delay: 3_600_000, longest: 3_600_000, memory: 3_600_000 };

/** Shows whether a link can be mailed (`mail: 'possible'`), or was (`'sent'`). */
export function permitShow({ needs, standing }: Turn): object {
  const { account, login, step } = standing;
  if (login.open[stepName(step)] !== undefined) return { mail: 'sent' };
  const reached = account !== undefined && confirmedAddressOf(account, needs.clock.now()) !== undefined;
  return needs.letters !== undefined && reached ? { mail: 'possible' } : {};
}

/**
 * Somebody who needs a permit asks for a link by mail (`act=mail`), or enters the code that was handed to them (`permit`). A wrong one counts as
 * any other wrong code.
 */
export async function askPermit(turn: Turn, form: Form): Promise<Move> {
  if (form.act === 'mail') return mailLink(turn);
  const { needs, standing, trail } = turn;
  const { account, login } = standing;
  const code = readHandedCode(form.permit);
  if (account === undefined) return {};
  if (code === undefined) return { problem: { code: 'malformed', field: 'permit' } };

  const attempt = await needs.lockouts.spend(account.id);
  if (!attempt.granted) return {};
  const redeemed = await redeemCode(needs, account.id, code);
  if (redeemed === undefined) {
    trail.note('permit.wrong', account.id);
    if (attempt.left === 0) trail.note('sign-in.blocked', account.id);
    return { problem: { code: 'wrong', field: 'permit', left: attempt.left } };
  }
  trail.note('permit.redeemed', account.id, { way: 'staff' });
  return { login, permit: redeemed.permit, spent: true };
}

async function mailLink({ needs, visitor, standing, trail }: Turn): Promise<Move> {
  const { account, login, step } = standing;
  const { letters, throttle, settings } = needs;
  if (account === undefined || letters === undefined) return {};
  const counted = await throttle.spend([{ key: `permit-mail:${account.id}`, rule: MAILS }]);
  if (!counted.granted) return { problem: { code: 'throttled', wait: counted.wait } };
  // The login first: of any number of requests one alone sends a mail.
  const asked = { ...login, open: { ...login.open, [stepName(step)]: { remember: null, show: {} } } };
  if (!(await needs.logins.save(asked, settings.lifetime))) return { problem: { code: 'stale' } };
  const { secret } = await givePermit(needs, account, { way: 'mail' });
  const values = { hours: PERMIT_LIFETIME / 3_600_000 };
  await letters.send(account, { name: 'permit', link: `/permit?token=${secret}`, locale: visitor.locale, values });
  trail.note('permit.given', account.id, { way: 'mail' });
  return { login: { ...asked, version: asked.version + 1 } };
}
