import { randomBytes } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import { epochOf } from '../../domain/login.ts';
import type { PermitWay } from '../../domain/permit.ts';
import { newBase32 } from '../../factors/base-32.ts';
import { handedSecret, permitKey } from './key.ts';
import type { PermitNeeds } from './needs.ts';

/** How long a permit is good, in milliseconds. */
export const PERMIT_LIFETIME = 24 * 3_600_000;

/** Characters of a code that somebody hands over: 60 bits. */
export const HANDED = 12;

/** A permit for who may use it. Nobody else keeps its secret. */
export interface GivenPermit {
  /** 256 bits in base64url for a browser or a link; a code of twelve characters in base 32 to hand over. */
  readonly secret: string;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/**
 * Gives a permit to set up a second factor, for as long as the account stays as it is now. A link or a code takes the place of an
 * earlier one. An invitation gives one to the browser in which it was followed, once the password stands.
 * @param until by default 24 hours from now
 */
export async function givePermit(
  needs: Pick<PermitNeeds, 'enrolments' | 'permits' | 'vault' | 'clock'>,
  account: Account,
  { way, until = needs.clock.now() + PERMIT_LIFETIME }: { readonly way: PermitWay; readonly until?: number },
): Promise<GivenPermit> {
  const { enrolments, permits, clock } = needs;
  const secret = way === 'staff' ? newBase32(HANDED) : randomBytes(32).toString('base64url');
  const key = permitKey(needs, way, way === 'staff' ? handedSecret(account.id, secret) : secret);
  const epoch = epochOf(account, await enrolments.of(account.id));
  await permits.add({ key, account: account.id, epoch, way, until }, { now: clock.now(), alone: way !== 'browser' });
  return { secret, until };
}
