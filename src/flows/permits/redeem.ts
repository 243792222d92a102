import type { Account } from '../../domain/account.ts';
import { epochOf } from '../../domain/login.ts';
import { readBase32 } from '../../factors/base-32.ts';
import { type GivenPermit, givePermit, HANDED } from './give.ts';
import { handedSecret, permitKey } from './key.ts';
import type { PermitNeeds } from './needs.ts';

/** Whose permit it was, and what the browser that brought it keeps from now on. */
export interface Redeemed {
  readonly account: Account;
  readonly permit: GivenPermit;
}

/**
 * Takes the permit of a mailed link and gives the browser one for it, which is good no longer than the link was.
 * @returns undefined when it was used before, is too old, or the account changed since
 */
export function redeemLink(needs: PermitNeeds, secret: string): Promise<Redeemed | undefined> {
  return redeem(needs, 'mail', secret);
}

/** A code that was handed over, as somebody typed it; undefined for what cannot be one. */
export function readHandedCode(typed: string | undefined): string | undefined {
  return readBase32(typed, HANDED);
}

/** The same for a code that was handed over for this account. */
export function redeemCode(needs: PermitNeeds, account: string, code: string): Promise<Redeemed | undefined> {
  return redeem(needs, 'staff', handedSecret(account, code));
}

async function redeem(needs: PermitNeeds, way: 'mail' | 'staff', secret: string): Promise<Redeemed | undefined> {
  const { accounts, enrolments, permits, clock } = needs;
  const taken = await permits.take(permitKey(needs, way, secret));
  if (taken === undefined || taken.way !== way || clock.now() >= taken.until) return undefined;
  const account = await accounts.byId(taken.account);
  if (account === undefined || account.disabled) return undefined;
  if (epochOf(account, await enrolments.of(account.id)) !== taken.epoch) return undefined;
  return { account, permit: await givePermit(needs, account, { way: 'browser', until: taken.until }) };
}
