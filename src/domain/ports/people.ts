import type { Account } from '../account.ts';
import type { Client } from '../client.ts';
import type { Enrolment, EnrolmentSet } from '../enrolment.ts';
import type { Locale } from '../locale.ts';
import type { Organization } from '../organization.ts';
import type { LastOf } from './directories.ts';

/**
 * Where accounts come from: Sluis's own table, or that of an application which mounts Sluis.
 * A source that lacks an optional verb makes the pages that need it disappear.
 */
export interface AccountSource {
  /**
   * Finds by what a person typed. Names are compared after trimming, NFKC and case folding; a confirmed e-mail address counts as a name.
   * @param organization id of the organization the person named; null for somebody who belongs to none; absent where none is asked
   */
  byName(name: string, organization?: string | null): Promise<Account | undefined>;
  byId(id: string): Promise<Account | undefined>;
  /**
   * Whether the password is right. Does the same work for every account, for a disabled one and for `undefined` (nobody has that name),
   * where the answer is always false: who watches the clock must not learn which names exist.
   */
  verifyPassword(account: Account | undefined, password: string): Promise<boolean>;
  /** Replaces the password and raises the epoch. */
  setPassword?(account: string, password: string): Promise<void>;
  /** Marks an address as shown to be its owner's; does nothing when the account has another one by now. */
  confirmEmail?(account: string, address: string): Promise<void>;
  /**
   * Replaces the e-mail address on behalf of its owner, and raises the epoch, in one write.
   * @param change.verified the owner has shown that the new one is theirs
   * @param change.epoch the account's own when they asked
   * @returns false, and nothing is changed, when the account has another epoch by now, or is not there
   */
  setEmail?(
    account: string,
    address: string,
    change: { readonly verified: boolean; readonly epoch: number },
  ): Promise<boolean>;
  /** Replaces the language that the person chose. */
  setLocale?(account: string, locale: Locale): Promise<void>;
}

/** An account, and what it has set up. */
export interface Holder {
  readonly account: Account;
  readonly set: EnrolmentSet;
}

/** Reads both at once: whatever somebody who signs in, or has signed in, asks for depends on both. */
export interface Holders {
  byId(id: string): Promise<Holder | undefined>;
}

export interface Organizations {
  byId(id: string): Promise<Organization | undefined>;
  /** Compared after trimming, NFKC and case folding. */
  byCode(code: string): Promise<Organization | undefined>;
  /** How many there are, counted no further than 2: whether the office code has to be asked. */
  howMany(): Promise<0 | 1 | 2>;
  /** Adds or replaces. */
  save(organization: Organization): Promise<void>;
}

export interface Clients {
  byId(id: string): Promise<Client | undefined>;
  /** Adds or replaces. */
  save(client: Client): Promise<void>;
}

/** An account as an import brings it, with what belongs to it. */
export interface ImportedAccount {
  readonly account: Account;
  /** Of any scheme that `Hasher.verify` accepts; absent for somebody who has yet to ask for a password. */
  readonly passwordHash?: string;
  /** Where there is one, the account counts as having held a factor. */
  readonly enrolments: readonly Enrolment[];
  /** What staff prepared, which the person may confirm when it is needed. */
  readonly provisional?: readonly Enrolment[];
}

/** One slice of an import. What others refer to (an account its organization) is in the same slice or an earlier one. */
export interface ImportBatch {
  readonly organizations: readonly Organization[];
  readonly accounts: readonly ImportedAccount[];
  readonly clients: readonly Client[];
}

/** How many of each. */
export interface ImportTally {
  readonly organizations: number;
  readonly accounts: number;
  readonly clients: number;
}

/** Adds very many at once. */
export interface Imports {
  /**
   * The accounts that have one of these usernames (in any organization) or ids. Asked with at most a thousand of each.
   * @param usernames compared as everywhere: trimmed, NFKC, case folded
   */
  standing(
    usernames: readonly string[],
    ids: readonly string[],
  ): Promise<readonly Pick<Account, 'id' | 'organization' | 'username'>[]>;
  /** Those of the ids that were somebody's who was erased: they are added for nobody. Asked with at most a thousand. */
  erased(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Adds what is not there yet, all of it or (when it rejects, or the batches do) nothing. What stands already, by id or by name,
   * is left as it is, and so is everything that belongs to it.
   * @returns how many were added
   */
  addAll(batches: AsyncIterable<ImportBatch>): Promise<ImportTally>;
}

/** What is kept of a person in tables: their account, and all that belongs to it, wherever the account itself comes from. */
export interface PersonalRecords {
  /**
   * Deletes all of it, and keeps no more than that this id was somebody's: nobody else gets it.
   * @param now milliseconds since the Unix epoch
   * @param leaving roles that somebody else who is not disabled must have, or nothing is deleted
   */
  erase(account: string, now: number, leaving: readonly LastOf[]): Promise<'erased' | 'last'>;
}
