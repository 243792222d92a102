import { randomUUID } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import { isWithin } from '../../domain/limits.ts';
import type { Locale } from '../../domain/locale.ts';
import { isMailAddress } from '../../domain/mail-address.ts';
import { letterTo } from '../mail/letters.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { LIFETIME, newSecret } from './links.ts';
import type { OwnEmailNeeds } from './needs.ts';

/**
 * Why no link is sent:
 * - `malformed`: this is no address
 * - `same`: it is the one they have, and it is confirmed
 * - `limited`: enough links were sent for now
 */
export interface EmailProblem {
  readonly problem: 'malformed' | 'same' | 'limited';
}

/** The address as it was typed, and the language of the page. */
export interface TypedEmail {
  readonly address: string;
  readonly locale: Locale;
}

/**
 * Mails a link to the new address. Until somebody follows it nothing changes; at the old address they are told at once, while there
 * is time to object.
 * @throws {Failure} `unavailable` when nobody can tell how many links were sent
 */
export async function askForChange(
  needs: OwnEmailNeeds,
  { owning, account }: { readonly owning: Owning; readonly account: Account },
  { address: typed, locale }: TypedEmail,
): Promise<Outcome | EmailProblem> {
  const address = typed.trim();
  const { email, emailVerified } = account.profile;
  if (!isMailAddress(address)) return { problem: 'malformed' };
  if (address === email && emailVerified) return { problem: 'same' };
  if (account.disabled) return refused('stale');
  if (!(await isWithin(needs.linksSent, { account: account.id }))) return { problem: 'limited' };

  const now = needs.clock.now();
  const { secret, digest } = newSecret();
  const { id, epoch } = account;
  const session = owning.session.uid ?? null;
  await needs.emailChanges.put(digest, { account: id, epoch, address, session, until: now + LIFETIME });
  await noteChange(needs, owning, [{ type: 'account.email-asked' }]);
  const letter = letterTo(account, address, {
    name: 'new-email',
    locale,
    link: `/email?token=${secret}`,
    values: { minutes: LIFETIME / 60_000 },
  });
  await needs.mailQueue.add({ id: randomUUID(), errand: { kind: 'letter', letter } }, now);
  return { ok: true };
}
