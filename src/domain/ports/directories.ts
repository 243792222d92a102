import type { Account, Role } from '../account.ts';
import type { Client } from '../client.ts';
import type { Organization } from '../organization.ts';

/** Something that several administrators may change, as it was read. */
export interface Kept<Value> {
  readonly value: Value;
  /** Raised by every change: a change that names an old one loses, and nothing of anybody's is lost. */
  readonly version: number;
}

/** One page of a long list. */
export interface Page<Value> {
  readonly items: readonly Value[];
  /** To ask for the page after it; absent on the last one. Opaque. */
  readonly next?: string;
}

/** Which page of a list: `after` is what the page before answered as `next`. */
export interface PageAsked {
  readonly limit: number;
  readonly after?: string;
}

/**
 * What became of a change:
 * - `changed`: somebody else was faster
 * - `taken`: another one has this name or code
 */
export type Replacement = 'replaced' | 'changed' | 'taken';

/** Organizations as administrators see them: read anew each time. */
export interface OrganizationDirectory {
  /** By code. @param prefix of code or name, compared as they are */
  page(asked: PageAsked & { readonly prefix?: string }): Promise<Page<Organization>>;
  find(id: string): Promise<Kept<Organization> | undefined>;
  /** False when its code or id is taken. */
  add(organization: Organization): Promise<boolean>;
  replace(organization: Organization, seen: number): Promise<Replacement>;
  /** How many of its people can sign in, and how many of them have neither set up a second factor nor a number that was confirmed. */
  readiness(id: string): Promise<{ readonly people: number; readonly withoutFactor: number }>;
}

/** Whose accounts are meant: of one organization, of none (null), or all (absent). */
export interface Within {
  readonly organization?: string | null;
}

/** Somebody has to be left who has this role: where it is of one organization, in that one. */
export interface LastOf extends Within {
  readonly role: Role;
}

export interface KeptAccount extends Kept<Account> {
  readonly hasPassword: boolean;
}

/** Accounts in Sluis's own table, as administrators see them. */
export interface AccountDirectory {
  /**
   * By username; with a prefix, by what each is found by. A page costs the same however many accounts there are, so that it may hold fewer
   * than were asked for, or none, and yet have one after it.
   * @param prefix of the username, the e-mail address, or the name from any of its words on, compared as they are
   */
  page(asked: PageAsked & Within & { readonly prefix?: string }): Promise<Page<Account>>;
  find(id: string): Promise<KeptAccount | undefined>;
  /** False when the username or the id is taken. Without a password. */
  add(account: Account): Promise<boolean>;
  /**
   * Changes everything but the password.
   * @param leaving roles that somebody else who is not disabled must have, or nothing is changed: checked together with the change, so
   *   that two who take them from each other do not both succeed
   */
  replace(account: Account, seen: number, leaving?: readonly LastOf[]): Promise<Replacement | 'last'>;
}

/** Clients as administrators see them: read anew each time. */
export interface ClientDirectory {
  /** By name. @param prefix of name or id, compared as they are */
  page(asked: PageAsked & { readonly prefix?: string }): Promise<Page<Kept<Client>>>;
  find(id: string): Promise<Kept<Client> | undefined>;
  /** False when the id is taken. */
  add(client: Client): Promise<boolean>;
  replace(client: Client, seen: number): Promise<Exclude<Replacement, 'taken'>>;
  /** False when it changed since it was read, or is gone. */
  remove(id: string, seen: number): Promise<boolean>;
}
