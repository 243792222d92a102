import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import type { PasswordLink, PasswordLinkKind } from '../../domain/ports.ts';
import type { PasswordNeeds } from './needs.ts';

/** How long a link works, in milliseconds. */
export const LIFETIMES: Readonly<Record<PasswordLinkKind, number>> = { reset: 30 * 60_000, invitation: 24 * 3_600_000 };

/** 256 bits, in base64url. */
const SECRET = /^[\w-]{43}$/;

/** A link that still leads somewhere, and whose it is. */
export interface LiveLink extends PasswordLink {
  readonly digest: string;
  readonly owner: Account;
}

/**
 * Makes a link for an account as it is now; an earlier one of the same kind is worth nothing from here on.
 * @param address absent where it is handed over
 * @returns its secret, which is kept nowhere but in the mail
 */
export async function newLink(
  { passwordLinks, clock }: Pick<PasswordNeeds, 'passwordLinks' | 'clock'>,
  { id, epoch }: Pick<Account, 'id' | 'epoch'>,
  { kind, address }: Pick<PasswordLink, 'kind' | 'address'>,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const until = clock.now() + LIFETIMES[kind];
  await passwordLinks.put(digestOf(secret), {
    account: id,
    kind,
    epoch,
    until,
    ...(address !== undefined && { address }),
  });
  return secret;
}

/** @returns undefined when the link was used, is too old, or the account changed since it was made */
export async function findLink(
  { passwordLinks, accounts, clock }: Pick<PasswordNeeds, 'passwordLinks' | 'accounts' | 'clock'>,
  secret: string,
): Promise<LiveLink | undefined> {
  if (!SECRET.test(secret)) return undefined;
  const digest = digestOf(secret);
  const link = await passwordLinks.find(digest, clock.now());
  const owner = link && (await accounts.byId(link.account));
  if (link === undefined || owner === undefined || owner.disabled || owner.epoch !== link.epoch) return undefined;
  return { ...link, digest, owner };
}

/** Nobody can guess 256 bits: a plain hash is enough. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
