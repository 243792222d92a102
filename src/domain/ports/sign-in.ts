import type { Enrolment, EnrolmentSet } from '../enrolment.ts';
import type { FactorName } from '../factor.ts';
import type { Login } from '../login.ts';
import type { Permit } from '../permit.ts';
import type { RememberedDevice } from '../remembered-device.ts';

export interface Enrolments {
  of(account: string): Promise<EnrolmentSet>;
  /** Ids of the accounts that hold an enrolment with this `lookup`. */
  holdersOf(lookup: string): Promise<readonly string[]>;
  /**
   * Adds, and removes what was prepared for the same factor. False when the set changed since `seen` was read:
   * two wizards on one account end with one factor.
   */
  add(enrolment: Enrolment, seen: number): Promise<boolean>;
  /**
   * Stores the next secret after a right answer, `lastUsedAt` with it, and makes `failures` 0.
   * False when another request changed it first, or it was switched off or removed: the caller must treat the answer as replayed.
   */
  replace(
    enrolment: Pick<Enrolment, 'id' | 'account' | 'factor' | 'secret' | 'version' | 'lastUsedAt'>,
  ): Promise<boolean>;
  /** Counts a wrong answer against one enrolment; switches it off at the `limit`th in a row. True when this one did. */
  fail(id: string, limit: number, now: number): Promise<boolean>;
  /**
   * Removes every enrolment of the account, provisional ones included (or those named), and raises the set's version and epoch.
   * False, and nothing is removed, when the set changed since `seen` was read: of two keys that are removed at once, one stays.
   * @param seen absent where they must go whatever happened meanwhile
   */
  remove(account: string, ids?: readonly string[], seen?: number): Promise<boolean>;
  /**
   * Puts what staff prepared in the place of something else, and raises the set's version; where something that was held goes, its epoch,
   * too. False, and nothing changes, when the set changed since `seen` was read.
   */
  prepare(account: string, preparation: Preparation, seen: number): Promise<boolean>;
  /** Keeps which factor its owner wants to be asked for first. Does nothing for an account that never held one. */
  prefer(account: string, factor: FactorName): Promise<void>;
  /**
   * Removes everything that the account holds, recovery codes included, and raises the set's version and epoch; an account that ever
   * held anything has to set a factor up from then on. What staff prepared stays.
   * @param spent the recovery codes of which one was given for it, as they were read
   * @returns false, and nothing changes, when those were changed, switched off or removed meanwhile
   */
  reset(account: string, spent?: Pick<Enrolment, 'id' | 'version'>): Promise<boolean>;
}

/** What staff prepare for somebody, and what goes for it. */
export interface Preparation {
  readonly prepared: readonly Enrolment[];
  /** Ids of enrolments, held or prepared. */
  readonly removed: readonly string[];
  /** Nothing is held any more: the account sets a factor up before it is let in. */
  readonly toSetUp: boolean;
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

/** Permits, found by the digest of their secret alone. Times are milliseconds since the Unix epoch. */
export interface Permits {
  /** Adds one; those that are over go. @param alone those of the same account that came the same way go, too */
  add(permit: Permit, options: { readonly now: number; readonly alone: boolean }): Promise<void>;
  /** Those that have one of these keys. */
  find(keys: readonly string[]): Promise<readonly Permit[]>;
  /** Takes one away: of any number of callers at once one alone gets it. */
  take(key: string): Promise<Permit | undefined>;
  /** Takes all of an account away. */
  removeOf(account: string): Promise<void>;
}

/** Remembered devices, found by the digest of their secret. Times are milliseconds since the Unix epoch. */
export interface RememberedDevices {
  /**
   * Adds one. Those of anybody that are over go, and so do, beyond `most`, those of its account that were not used for longest.
   * @param most how many an account may have
   */
  add(device: RememberedDevice, options: { readonly now: number; readonly most: number }): Promise<void>;
  /** Those that have one of these keys. */
  find(keys: readonly string[]): Promise<readonly RememberedDevice[]>;
  byId(id: string): Promise<RememberedDevice | undefined>;
  /** The last used first. */
  of(account: string): Promise<readonly RememberedDevice[]>;
  /** Does nothing for one that is gone. */
  used(id: string, at: number): Promise<void>;
  /**
   * Takes those away; without `ids` all of the account's. An id of another account's takes nothing.
   * @returns how many went
   */
  remove(account: string, ids?: readonly string[]): Promise<number>;
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

/** What attempts are counted by, and how. */
export interface Throttled {
  readonly key: string;
  readonly rule: ThrottleRule;
}

/** Slows attempts down without ever shutting anybody out. Counted before they are judged. */
export interface Throttle {
  /** Takes one attempt at each; when any of them must wait, answers how many milliseconds and takes nothing. */
  spend(
    counts: readonly Throttled[],
  ): Promise<{ readonly granted: true } | { readonly granted: false; readonly wait: number }>;
  /**
   * Gives an attempt back.
   * @param keys each of which gets one back
   * @param forgotten keys whose attempts are all forgotten: it was right
   */
  refund(keys: readonly string[], forgotten?: readonly string[]): Promise<void>;
}
