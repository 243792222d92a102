import type { Account } from '../../domain/account.ts';
import type { PasswordNeeds } from './needs.ts';
import { STRONG, strengthOf } from './strength.ts';

/** Characters (Unicode code points) of a password: NIST SP 800-63B-4, section 3.1.1.2, and no rules on which ones. */
export const LENGTHS = { shortest: 12, longest: 128 };

/** Why a password is not accepted; each has a text `field.password.<code>`. */
export type PasswordFault = 'too-short' | 'too-long' | 'weak' | 'breached';

/** The first rule that a new password breaks. */
export async function faultOf(
  {
    breachedPasswords,
    organizations,
    settings,
  }: Pick<PasswordNeeds, 'breachedPasswords' | 'organizations' | 'settings'>,
  password: string,
  owner: Account,
): Promise<PasswordFault | undefined> {
  const { length } = [...password];
  if (length < LENGTHS.shortest) return 'too-short';
  if (length > LENGTHS.longest) return 'too-long';
  const organization = owner.organization === undefined ? undefined : await organizations.byId(owner.organization);
  const about = wordsAbout(owner, [settings.siteName, organization?.name ?? '', organization?.code ?? '']);
  if ((await strengthOf(password, about)) < STRONG) return 'weak';
  return (await breachedPasswords?.has(password)) === true ? 'breached' : undefined;
}

/** What somebody who knows a person would try first: whole, and word by word. */
export function wordsAbout({ username, profile }: Account, more: readonly string[]): readonly string[] {
  const { name = '', givenName = '', familyName = '', email = '' } = profile;
  const whole = [username, name, givenName, familyName, email, ...more];
  return [...new Set([...whole, ...whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))])].filter(
    (word) => word.length > 2,
  );
}
