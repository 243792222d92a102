import type { Letter } from '../../domain/letter.ts';
import { isWithin } from '../../domain/limits.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Errand, Invitation, PasswordReset } from '../../domain/ports.ts';
import { linkAddressOf } from '../mail/addressee.ts';
import { letterTo } from '../mail/letters.ts';
import { stillDue } from '../reminders/still-due.ts';
import { answerForgotten } from './forgotten.ts';
import { LIFETIMES, newLink } from './links.ts';
import type { PasswordNeeds } from './needs.ts';

/**
 * The letter that an errand comes to at this moment; undefined when nothing is to be sent. Links are made here, when the mail goes out:
 * one that had to wait for the server still works when it arrives.
 *
 * @param language of invitations to people who have set none
 * @param attempts to send it, this one included
 * @throws {Failure} `unavailable` when nobody can tell whether it may be sent
 */
export async function letterFor(
  needs: PasswordNeeds,
  errand: Errand,
  { language, attempts }: { readonly language: Locale; readonly attempts: number },
): Promise<Letter | undefined> {
  switch (errand.kind) {
    case 'letter':
      return errand.letter;
    case 'reminder':
      return stillDue(needs.accounts, errand);
    case 'forgotten-password':
      return answerForgotten(needs, errand, attempts);
    case 'invitation':
      return invite(needs, errand, language);
    case 'password-reset':
      return reset(needs, errand, { locale: language, attempts });
  }
}

/** However often it is tried to send it, it counts as one mail towards what an account gets in an hour. */
async function reset(
  needs: PasswordNeeds,
  { account: id }: PasswordReset,
  { locale, attempts }: { readonly locale: Locale; readonly attempts: number },
): Promise<Letter | undefined> {
  const account = await needs.accounts.byId(id);
  const address = account && linkAddressOf(account, needs.clock.now());
  if (account === undefined || account.disabled || address === undefined) return undefined;
  if (attempts === 1 && !(await isWithin(needs.linksSent, { account: id }))) return undefined;
  const secret = await newLink(needs, account, { kind: 'reset', address });
  return letterTo(account, address, {
    name: 'password-reset',
    locale,
    link: `/password?token=${secret}`,
    values: { minutes: LIFETIMES.reset / 60_000 },
  });
}

async function invite(needs: PasswordNeeds, { account: id }: Invitation, locale: Locale): Promise<Letter | undefined> {
  const account = await needs.accounts.byId(id);
  const address = account && linkAddressOf(account, needs.clock.now());
  if (account === undefined || account.disabled || address === undefined) return undefined;
  const secret = await newLink(needs, account, { kind: 'invitation', address });
  return letterTo(account, address, {
    name: 'invitation',
    locale,
    link: `/password?token=${secret}`,
    values: { hours: LIFETIMES.invitation / 3_600_000 },
  });
}
