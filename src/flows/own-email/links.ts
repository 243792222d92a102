import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import type { EmailChange } from '../../domain/ports.ts';
import type { OwnEmailNeeds } from './needs.ts';

/** How long a link works, in milliseconds. */
export const LIFETIME = 30 * 60_000;

/** 256 bits, in base64url. */
const SECRET = /^[\w-]{43}$/;

/** A link that still leads somewhere, and whose account it is about. */
export interface LiveChange extends EmailChange {
  readonly digest: string;
  readonly owner: Account;
}

/** @returns the secret of a new link, which is kept nowhere but in the mail, and its digest */
export function newSecret(): { readonly secret: string; readonly digest: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, digest: digestOf(secret) };
}

/** @returns undefined when the link was used, is too old, or the account changed since it was asked for */
export async function findChange(
  { emailChanges, accounts, clock }: Pick<OwnEmailNeeds, 'emailChanges' | 'accounts' | 'clock'>,
  secret: string,
): Promise<LiveChange | undefined> {
  if (!SECRET.test(secret)) return undefined;
  const digest = digestOf(secret);
  const change = await emailChanges.find(digest, clock.now());
  const owner = change && (await accounts.byId(change.account));
  if (change === undefined || owner === undefined || owner.disabled || owner.epoch !== change.epoch) return undefined;
  return { ...change, digest, owner };
}

/** Nobody can guess 256 bits: a plain hash is enough. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
