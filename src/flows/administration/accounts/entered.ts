import type { z } from 'zod';
import type { Account, Profile } from '../../../domain/account.ts';
import { isMailAddress } from '../../../domain/mail-address.ts';
import type { Actor } from '../actor.ts';
import { invalid } from '../refusal.ts';
import type { person } from '../shapes/account.ts';
import { granted } from './grant.ts';
import { withEmail } from './with-email.ts';

type Person = { readonly [Name in keyof typeof person]: z.output<(typeof person)[Name]> };

/** What was entered about somebody: null takes a value away, and what was not entered stays as it is. */
export type EnteredPerson = { readonly [Name in keyof Person]?: Person[Name] | undefined };

/**
 * An account as it is once this was entered by somebody else.
 * @throws {Refusal} `invalid`, `forbidden`
 */
export function enteredInto(
  account: Account,
  entered: EnteredPerson,
  { actor, now }: { readonly actor: Actor; readonly now: number },
): Account {
  const { username, roles, groups, disabled, secondFactorRequired, email } = entered;
  if (typeof email === 'string' && !isMailAddress(email)) throw invalid('email', 'malformed');
  const { locale: standing, ...rest } = account;
  const locale = laid(standing, entered.locale);
  const changed: Account = {
    ...rest,
    ...(locale !== undefined && { locale }),
    ...(username !== undefined && { username }),
    ...(roles !== undefined && { roles: granted(actor, roles) }),
    ...(groups !== undefined && { groups }),
    ...(disabled !== undefined && { disabled }),
    ...(secondFactorRequired !== undefined && { secondFactorRequired }),
    profile: named(account.profile, entered),
  };
  return email === undefined ? changed : withEmail(changed, email ?? undefined, now);
}

function named({ name, givenName, familyName, ...rest }: Profile, entered: EnteredPerson): Profile {
  const names = {
    name: laid(name, entered.name),
    givenName: laid(givenName, entered.givenName),
    familyName: laid(familyName, entered.familyName),
  };
  return { ...rest, ...Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined)) };
}

function laid<Value>(standing: Value | undefined, entered: Value | null | undefined): Value | undefined {
  return entered === undefined ? standing : (entered ?? undefined);
}
