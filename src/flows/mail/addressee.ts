import type { Account } from '../../domain/account.ts';
import { isMailAddress } from '../../domain/mail-address.ts';

/** Milliseconds during which the old address counts, after somebody else changed it: time for its owner to object. */
const HANDOVER = 72 * 3_600_000;

type Addressee = Pick<Account, 'profile' | 'replacedEmail'>;

/**
 * Where a link goes that gives somebody their password: the address of their account, confirmed or not. An address that nobody has
 * confirmed was entered by staff or an import, never by a stranger, and following the link is what confirms it. For 72 hours after
 * somebody else changed a confirmed address it is the old one.
 */
export function linkAddressOf({ profile, replacedEmail }: Addressee, now: number): string | undefined {
  const address = isHandover(replacedEmail, now) ? replacedEmail.address : profile.email;
  return address !== undefined && isMailAddress(address) ? address : undefined;
}

/**
 * Where to tell somebody what happened to their account: an address that they have shown to be theirs. A mistyped one must not tell
 * a stranger who uses what.
 */
export function confirmedAddressOf(account: Addressee, now: number): string | undefined {
  const isConfirmed = account.profile.emailVerified || isHandover(account.replacedEmail, now);
  return isConfirmed ? linkAddressOf(account, now) : undefined;
}

/** Whether the old address counts. */
export function isHandover(replaced: Account['replacedEmail'], now: number): replaced is NonNullable<typeof replaced> {
  return replaced !== undefined && now < replaced.at + HANDOVER;
}
