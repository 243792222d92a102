import type { Account } from '../../../domain/account.ts';
import { isHandover } from '../../mail/addressee.ts';

/**
 * An account with another e-mail address, entered by somebody else: nobody has shown that it is theirs. What its owner had confirmed is
 * kept beside it, so that whoever changes an address to then have a password reset sent there gets nothing: for 72 hours mail goes to the
 * old one. That holds for each further change within that time, by which the first address stays the one that counts. Where it comes back
 * it is what it was: confirmed.
 */
export function withEmail(account: Account, email: string | undefined, now: number): Account {
  const { profile, replacedEmail: before, ...rest } = account;
  const { email: old, emailVerified, ...names } = profile;
  if (email === old) return account;
  const replaced = isHandover(before, now) ? before.address : emailVerified ? old : undefined;
  if (email !== undefined && email === replaced) return { ...rest, profile: { ...names, email, emailVerified: true } };
  return {
    ...rest,
    ...(replaced !== undefined && { replacedEmail: { address: replaced, at: now } }),
    profile: { ...names, ...(email !== undefined && { email }), emailVerified: false },
  };
}
