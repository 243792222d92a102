import type { Account } from './account.ts';
import type { AuditEvent } from './audit.ts';
import type { Client } from './client.ts';
import type { Enrolment, EnrolmentSet } from './enrolment.ts';
import type { Login } from './login.ts';
import type { Organization } from './organization.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Where accounts come from: Sluis's own table, or that of an application which mounts Sluis.
 * A source that lacks an optional verb makes the pages that need it disappear.
 */
export interface AccountSource {
  /**
   * Finds by what a person typed. Names are compared after trimming, NFKC and case folding; a confirmed e-mail address counts as a name.
   * @param organization id of the organization the person named; absent where none is asked
   */
  byName(name: string, organization?: string): Promise<Account | undefined>;
  byId(id: string): Promise<Account | undefined>;
  /**
   * Whether the password is right. Does the same work for every account, for a disabled one and for `undefined` (nobody has that name),
   * where the answer is always false: who watches the clock must not learn which names exist.
   */
  verifyPassword(account: Account | undefined, password: string): Promise<boolean>;
  /** Replaces the password and raises the epoch. */
  setPassword?(account: string, password: string): Promise<void>;
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
  /** E.164; encrypted at rest. */
  readonly phone?: { readonly number: string; readonly confirmed: boolean };
  /** Where there is one, the account counts as having held a factor. */
  readonly enrolments: readonly Enrolment[];
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
  /**
   * Adds what is not there yet, all of it or (when it rejects, or the batches do) nothing. What stands already, by id or by name,
   * is left as it is, and so is everything that belongs to it.
   * @returns how many were added
   */
  addAll(batches: AsyncIterable<ImportBatch>): Promise<ImportTally>;
}

export interface Enrolments {
  of(account: string): Promise<EnrolmentSet>;
  /** False when the set changed since `seen` was read: two wizards on one account end with one factor. */
  add(enrolment: Enrolment, seen: number): Promise<boolean>;
  /**
   * Stores the next secret after a right answer, `lastUsedAt` with it, and makes `failures` 0.
   * False when another request changed it first, or it was switched off or removed: the caller must treat the answer as replayed.
   */
  replace(
    enrolment: Pick<Enrolment, 'id' | 'account' | 'secret' | 'version' | 'lastUsedAt'> & { readonly factor: string },
  ): Promise<boolean>;
  /** Counts a wrong answer against one enrolment; switches it off at the `limit`th in a row. True when this one did. */
  fail(id: string, limit: number, now: number): Promise<boolean>;
  /** Removes every enrolment of the account (or those named) and raises the set's version and epoch. */
  remove(account: string, ids?: readonly string[]): Promise<void>;
}

export interface SigningKeys {
  /** Youngest first. */
  all(): Promise<readonly SigningKey[]>;
  /** False when a key with that id stands already. */
  add(key: SigningKey): Promise<boolean>;
  /**
   * Adds the key unless one for its algorithm stands already; answers whether it did.
   * Several processes that start at once end with one key for each algorithm.
   */
  addFirst(key: SigningKey): Promise<boolean>;
}

export interface AuditLog {
  /** All or none; the caller does not go on without them. */
  append(events: readonly AuditEvent[]): Promise<void>;
}

/** Sign-ins in progress. What is stored is encrypted and bound to its uid: it holds unfinished keys and codes. */
export interface Logins {
  find(uid: string): Promise<Login | undefined>;
  /**
   * Stores `login` as version `login.version + 1`; false when another request moved this login first, and nothing is written then.
   * A new login has version 0.
   * @param lifetime milliseconds from now after which it is gone
   */
  save(login: Login, lifetime: number): Promise<boolean>;
  remove(uid: string): Promise<void>;
}

/** How many wrong answers are borne, and what follows. */
export interface LockoutRule {
  readonly attempts: number;
  /** Milliseconds that the block lasts, from the last attempt that was granted. */
  readonly duration: number;
}

/**
 * Counts attempts before they are judged, so that parallel ones cannot outrun the count.
 * After `attempts` of them in flight or wrong, every further one is refused until the block ends; then the count is 0 again.
 */
export interface Lockouts {
  /**
   * Takes one attempt. Refused (and nothing taken) while blocked.
   * The attempt that is granted last sets the block at once: it stands unless the attempt is refunded or cleared.
   */
  spend(
    key: string,
  ): Promise<{ readonly granted: true; readonly left: number } | { readonly granted: false; readonly until: number }>;
  /** Milliseconds since the Unix epoch when the block ends; undefined when there is none. */
  until(key: string): Promise<number | undefined>;
  /** Gives one attempt back, because it was right or was never judged, and lifts the block that this attempt had set. */
  refund(key: string): Promise<void>;
  /** Forgets all attempts and the block. */
  clear(key: string): Promise<void>;
}

/** When attempts begin to cost time, and how much. */
export interface ThrottleRule {
  /** Attempts that are free. */
  readonly free: number;
  /** Milliseconds that the first attempt which is not free must come after the one before it; doubles with each further one. */
  readonly delay: number;
  /** The longest wait, in milliseconds. */
  readonly longest: number;
  /** Milliseconds without an attempt after which the count is forgotten. */
  readonly memory: number;
}

/** Slows attempts down without ever shutting anybody out. Counted before they are judged. */
export interface Throttle {
  /** Takes one attempt; when it must wait, answers how many milliseconds and takes nothing. */
  spend(
    key: string,
    rule: ThrottleRule,
  ): Promise<{ readonly granted: true } | { readonly granted: false; readonly wait: number }>;
  /** Gives one attempt back: it was right. */
  refund(key: string): Promise<void>;
  clear(key: string): Promise<void>;
}

/** What oidc-provider keeps of one model under one id. Fields that nobody here knows are kept as they are. */
export type StoredModel = Readonly<Record<string, unknown>>;

/** Names one stored model. The id is a secret: an authorization code, a token, the value of an interaction's cookie. */
export interface ModelKey {
  /** The model's name in oidc-provider: `Grant`, `AccessToken`. */
  readonly model: string;
  readonly id: string;
}

export interface ModelEntry {
  readonly stored: StoredModel;
  /** Seconds from now after which it is gone; absent for what does not expire. */
  readonly lifetime?: number;
  /** Id of the grant that takes this entry along when it is revoked. */
  readonly grant?: string;
  /** What a person types to name this entry (`user_code` of RFC 8628, section 3.2). */
  readonly userCode?: string;
}

/**
 * Storage for oidc-provider's models (Interaction, Grant, AuthorizationCode, tokens …), all but its sessions. Ids are secrets:
 * implementations that write them down store a digest of the id and encrypt the rest, bound to model and id.
 */
export interface Models {
  /** Adds or replaces; what was consumed stays so. */
  upsert(key: ModelKey, entry: ModelEntry): Promise<void>;
  /** Adds; false, and nothing is written, when the key stands already. True for exactly one caller. */
  add(key: ModelKey, entry: ModelEntry): Promise<boolean>;
  /** What was stored; after `consume` with the field `consumed`, seconds since the Unix epoch. */
  find(key: ModelKey): Promise<StoredModel | undefined>;
  findByUserCode(model: string, userCode: string): Promise<StoredModel | undefined>;
  /** True for exactly one caller, however many try at once; false for what is not there. */
  consume(key: ModelKey): Promise<boolean>;
  destroy(key: ModelKey): Promise<void>;
  /** Deletes every entry that named this grant. The grant itself is an entry of its own, and stays. */
  revokeByGrantId(grant: string): Promise<void>;
}

/** A browser session as it was found. */
export interface StoredSession {
  /** Everything but the authorizations. */
  readonly stored: StoredModel;
  /** What the session granted, by client id. */
  readonly authorizations: Readonly<Record<string, unknown>>;
}

/** What a request made of a session. */
export interface SessionChange {
  readonly uid: string;
  /** Value of the session's cookie from now on: a secret. */
  readonly cookie: string;
  /** Value of its cookie when the session was found; absent for a new session. */
  readonly foundAs?: string;
  readonly stored: StoredModel;
  /** Authorizations that this request added or changed. Those of other clients stay as they are. */
  readonly authorizations: Readonly<Record<string, unknown>>;
  /** Ids of the clients whose authorizations this request took away. */
  readonly withdrawn: readonly string[];
}

/**
 * oidc-provider's browser sessions. A session is kept under its uid; the value of its cookie only points to it, so that a new
 * cookie value changes nothing else. Stored as `Models` are.
 */
export interface Sessions {
  findByCookie(cookie: string): Promise<StoredSession | undefined>;
  findByUid(uid: string): Promise<StoredSession | undefined>;
  /**
   * False, and nothing is written, when the session ended since it was found.
   * When another request gave it a new cookie meanwhile, only the authorizations are kept: that request decided who the person is.
   * @param lifetime seconds from now after which the session is gone
   */
  save(change: SessionChange, lifetime: number): Promise<boolean>;
  /** This value of the cookie points to nothing from now on; the session stays. */
  dropCookie(cookie: string): Promise<void>;
  /** Ends the session that this cookie points to. */
  end(cookie: string): Promise<void>;
}

/** A client that has yet to be told that a session ended (OpenID Connect Back-Channel Logout 1.0). */
export interface PendingLogout {
  readonly id: string;
  /** `client_id`. */
  readonly client: string;
  /** The `sub` of the logout token. */
  readonly account: string;
  /** The `sid` of the logout token. */
  readonly session?: string;
}

/** A pending logout that one process alone may send now. */
export interface LeasedLogout extends PendingLogout {
  /** How often it was leased, this time included. */
  readonly attempts: number;
}

/** Who must be told that a session ended, kept until they are. Times are milliseconds since the Unix epoch. */
export interface LogoutQueue {
  /** Due from `now` on. */
  add(logout: PendingLogout, now: number): Promise<void>;
  /**
   * Takes up to `limit` that are due at `now`, the longest waiting first. Nobody else gets them before `until`: a process
   * that dies meanwhile loses none.
   */
  lease(now: number, until: number, limit: number): Promise<readonly LeasedLogout[]>;
  /** Puts one back until `dueAt`. Does nothing when the lease ran out and somebody else took it. */
  retry(logout: LeasedLogout, dueAt: number): Promise<void>;
  /** Delivered, or given up. Does nothing when the lease ran out and somebody else took it. */
  remove(logout: LeasedLogout): Promise<void>;
}

/** Encrypts what must be read back. */
export interface Vault {
  /** @param context what the value belongs to (`enrolment:<id>`): the same must be named to open it again */
  seal(plain: string, context: string): string;
  /** @throws when the value was changed, belongs to another context, or no key of the keyring opens it */
  open(sealed: string, context: string): string;
  /** True when `sealed` was not made with the first key. */
  isOutdated(sealed: string): boolean;
  /** A keyed digest (HMAC-SHA-256, base64url) for what is only compared or looked up. */
  digest(value: string, purpose: string): string;
}

/** Slow hashing of passwords and look-up secrets, never more at once than the machine can bear. Rejects with `busy` when too many wait. */
export interface Hasher {
  /** An encoded argon2id hash (PHC string) with a salt of its own. */
  hash(secret: string): Promise<string>;
  /** Whether `secret` matches an encoded hash of any accepted scheme. Without a hash, does equal work and answers false. */
  verify(encoded: string | undefined, secret: string): Promise<boolean>;
  /** Whether an encoded hash should be replaced: made by another scheme or with other parameters than `hash` uses. */
  isOutdated(encoded: string): boolean;
  /**
   * Scheme and parameters of an encoded hash, which is what a verification costs; undefined when it is of no accepted scheme.
   * To be stored with the hash: a failure costs one hash of each kind that is stored, so that none of them stands out.
   */
  kindOf(encoded: string): string | undefined;
  /** argon2id with a given salt (base64url), so that one hash can be compared with several; answers base64url. */
  derive(secret: string, salt: string): Promise<string>;
}

/** Answers whether something that Sluis needs can be reached. Rejects or answers false when it cannot. */
export interface Probe {
  readonly name: string;
  ready(): Promise<boolean>;
}
