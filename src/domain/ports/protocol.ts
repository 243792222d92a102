import type { Epoch } from '../login.ts';
import type { SigningKey } from '../signing-key.ts';

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
  /** Adds the key unless one of its algorithm that stands has yet to sign at `now`; true for exactly one caller. */
  addNext(key: SigningKey, now: number): Promise<boolean>;
  /** Deletes the key, its private part included; true for exactly one caller. */
  remove(id: string): Promise<boolean>;
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
  /** Whose account this gives access to, whatever becomes of the session: its grant is listed there as long as it lasts. */
  readonly account?: string;
  /** What a person types to name this entry (`user_code` of RFC 8628, section 3.2). */
  readonly userCode?: string;
}

/** A grant, and what was issued under it: entries that named it. Times are milliseconds since the Unix epoch. */
export interface StandingGrant {
  /** Its `jti`. */
  readonly id: string;
  readonly stored: StoredModel;
  /** When something was issued last; absent where nothing was, or all of it is over. */
  readonly issuedAt?: number;
  /** When the last of it is over, if nothing took it away before; infinite for what does not expire. */
  readonly until?: number;
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
  grant(id: string): Promise<StandingGrant | undefined>;
  /** The grants of an account under which something lasts that named it, in no order. */
  grantsOf(account: string): Promise<readonly StandingGrant[]>;
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
  /** Every session that somebody signed in to as this account (`accountId` of what is stored), in no order. */
  ofAccount(account: string): Promise<readonly StoredSession[]>;
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
  /** Ends a session, whatever its cookie is by now. */
  endByUid(uid: string): Promise<void>;
  /** Takes away what a session granted one client. */
  withdraw(uid: string, client: string): Promise<void>;
}

/** A session in which somebody is signed in, as they may see it. */
export interface OpenSession {
  readonly uid: string;
  /** Milliseconds since the Unix epoch. */
  readonly signedInAt: number;
  readonly usedAt: number;
  /** Where the sign-in came from: an address, and what the browser says it is. */
  readonly address?: string;
  readonly agent?: string;
  /** Ids of the clients that it was used at. */
  readonly clients: readonly string[];
}

/** The sessions of an account that are good at an epoch, the last used first. */
export type ListSessions = (account: string, epoch: Epoch) => Promise<readonly OpenSession[]>;

/**
 * Tells every application in which an account is signed in that this is over. The sessions and tokens themselves end with the
 * account's epoch: call it once that was raised.
 * @param except `uid` of a session that goes on
 */
export type EndSessions = (account: string, except?: string) => Promise<void>;

/** Deletes every session and grant of an account, with what was issued under them. Applications are not told. */
export type ForgetSessions = (account: string) => Promise<void>;

/**
 * Ends one session of an account as a sign-out does: its applications are told, and their tokens end with it except where they were
 * granted `offline_access`.
 * @returns false when the account has no such session
 */
export type EndSession = (account: string, uid: string) => Promise<boolean>;

/** An application that may see something of somebody's account. Times are milliseconds since the Unix epoch. */
export interface Access {
  /** `client_id`. */
  readonly client: string;
  /** Scopes, and those of the single claims that it may see. */
  readonly scopes: readonly string[];
  readonly since: number;
  readonly usedAt: number;
}

/** What applications may see of people, as somebody may look at it and take it back. */
export interface Accesses {
  /** What is good at an epoch and can be used: by a session, or by tokens that are not over. The last used first. */
  of(account: string, epoch: Epoch): Promise<readonly Access[]>;
  /**
   * Ends everything that a client was granted, in every session and beyond, and tells it. A sign-in grants anew.
   * @returns false when there was nothing
   */
  takeBack(account: string, client: string): Promise<boolean>;
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
