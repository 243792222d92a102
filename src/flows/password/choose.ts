import type { AuditEvent } from '../../domain/audit.ts';
import type { PasswordLinkKind, ThrottleRule } from '../../domain/ports.ts';
import { organizationOf } from '../audit/organization-of.ts';
import { type GivenPermit, givePermit } from '../permits/give.ts';
import { findLink, type LiveLink } from './links.ts';
import type { PasswordNeeds } from './needs.ts';
import { faultOf, type PasswordFault } from './rules.ts';

/** Estimating the strength of a password costs time: nobody may have it done as fast as they can. */
const TRIES: ThrottleRule = { free: 8, delay: 1_000, longest: 30_000, memory: 15 * 60_000 };

export type Visitor = Required<Pick<AuditEvent, 'address' | 'requestId'>>;

/**
 * What became of it:
 * - `chosen`: the password is the account's from now on; an invitation is also the permit to set up a first second factor
 * - `over`: the link was used, is too old, or the account changed since
 * - `refused`: it breaks a rule, and may be tried anew
 * - `throttled`: there were too many tries; `wait` in milliseconds
 */
export type Choice =
  | { readonly outcome: 'chosen'; readonly kind: PasswordLinkKind; readonly permit?: GivenPermit }
  | { readonly outcome: 'over' }
  | { readonly outcome: 'refused'; readonly fault: PasswordFault; readonly link: LiveLink }
  | { readonly outcome: 'throttled'; readonly wait: number; readonly link: LiveLink };

/**
 * Sets the password of the account that a link is for. What was signed in as the account ends with its epoch, and a block on wrong
 * codes is lifted; second factors, and what was counted against each, stay as they are.
 */
export async function choosePassword(
  needs: PasswordNeeds,
  { secret, password }: { readonly secret: string; readonly password: string },
  visitor: Visitor,
): Promise<Choice> {
  const { accounts, passwordLinks, lockouts, throttle, audit, clock } = needs;
  const link = await findLink(needs, secret);
  if (link === undefined) return { outcome: 'over' };
  const { owner, kind, digest, address } = link;
  const tried = await throttle.spend([{ key: `new-password:${owner.id}`, rule: TRIES }]);
  if (!tried.granted) return { outcome: 'throttled', wait: tried.wait, link };
  const fault = await faultOf(needs, password, owner);
  if (fault !== undefined) return { outcome: 'refused', fault, link };

  if (!(await passwordLinks.take(digest, clock.now()))) return { outcome: 'over' };
  await accounts.setPassword(owner.id, password).catch(async (error: unknown) => {
    // It was not set, and the link is theirs still.
    await passwordLinks.put(digest, link);
    throw error;
  });
  if (address !== undefined) await accounts.confirmEmail?.(owner.id, address);
  const type = kind === 'invitation' ? 'password.chosen' : 'password.changed';
  const about = { account: owner.id, ...organizationOf(owner), ...visitor };
  await audit.append([{ at: clock.now(), type, ...about, details: { by: kind } }]);
  await lockouts.clear(owner.id);
  await needs.endSessions(owner.id);
  return { outcome: 'chosen', kind, ...(kind === 'invitation' && { permit: await permitFor(needs, link) }) };
}

/** For the account as it is now: the new password raised its epoch. */
async function permitFor(needs: PasswordNeeds, { owner, until }: LiveLink): Promise<GivenPermit> {
  return givePermit(needs, (await needs.accounts.byId(owner.id)) ?? owner, { way: 'browser', until });
}
