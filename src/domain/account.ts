import type { Locale } from './locale.ts';

/**
 * A person who can sign in, as their account source tells it.
 * The source may be Sluis's own table or the user table of an application that mounts Sluis.
 */
export interface Account {
  /** The `sub` of OpenID Connect Core, section 2: stable and never given to anybody else. */
  readonly id: string;
  /** Id of the organization the person belongs to; absent where a deployment has none. */
  readonly organization?: string;
  readonly username: string;
  readonly disabled: boolean;
  /**
   * Raised by the source when the password or the e-mail address changes or the account is disabled.
   * A login, session, grant or token that carries an older one starts again.
   */
  readonly epoch: number;
  /** The language the person chose, if any. */
  readonly locale?: Locale;
  /** True when this one person must have a second factor whatever the organization says. */
  readonly secondFactorRequired: boolean;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
  readonly profile: Profile;
  /** What their confirmed e-mail address was before somebody else put another in its place. */
  readonly replacedEmail?: ReplacedEmail;
}

export interface ReplacedEmail {
  readonly address: string;
  /** When it was replaced; milliseconds since the Unix epoch. */
  readonly at: number;
}

/** What a person may do beyond signing in; a set, and `administrator` outranks `superuser` outranks `accountant`. */
export type Role = 'accountant' | 'superuser' | 'administrator';

/** Standard claims of OpenID Connect Core, section 5.1. A phone number is never one of them. */
export interface Profile {
  readonly name?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly email?: string;
  /** True only after a mailed link was followed. */
  readonly emailVerified: boolean;
}
