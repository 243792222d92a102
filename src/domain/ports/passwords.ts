/**
 * Why somebody got a link with which they choose a password:
 * - `reset`: they, or somebody else, said that they forgot theirs
 * - `invitation`: their account is new
 */
export type PasswordLinkKind = 'reset' | 'invitation';

/** A link with which somebody chooses a password. */
export interface PasswordLink {
  readonly account: string;
  readonly kind: PasswordLinkKind;
  /** The account's own epoch when the link was made: once that is another, the link is worth nothing. */
  readonly epoch: number;
  /** Where it was mailed to: who follows it has shown that this address is theirs. Absent for one that somebody handed over. */
  readonly address?: string;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/** Links to a new password, found by the digest of their secret alone. */
export interface PasswordLinks {
  /** Takes the place of an earlier one of the same kind for the same account. */
  put(digest: string, link: PasswordLink): Promise<void>;
  /** Undefined when there is none, or it is over at `now`. */
  find(digest: string, now: number): Promise<PasswordLink | undefined>;
  /** Takes it away: of any number of callers at once one alone gets true. */
  take(digest: string, now: number): Promise<boolean>;
}

/** Passwords that others have stolen and published. */
export interface BreachedPasswords {
  /** False also when nobody could be asked: a service that is away must not keep people from choosing a password. */
  has(password: string): Promise<boolean>;
}
