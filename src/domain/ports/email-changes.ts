/** Somebody wants another e-mail address, and has yet to show that it is theirs. */
export interface EmailChange {
  readonly account: string;
  /** The account's own epoch when they asked: once that is another, nothing comes of it. */
  readonly epoch: number;
  /** The new address, to which a link was mailed. */
  readonly address: string;
  /** `uid` of the session that asked: it goes on when the change ends all others. */
  readonly session: string | null;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/** Changes of address that wait for their link to be followed, found by the digest of its secret. One an account. */
export interface EmailChanges {
  /** Takes the place of an earlier one of the same account. */
  put(digest: string, change: EmailChange): Promise<void>;
  /** Undefined when there is none, or it is over at `now`. */
  find(digest: string, now: number): Promise<EmailChange | undefined>;
  /** The one that an account waits for at `now`. */
  ofAccount(account: string, now: number): Promise<EmailChange | undefined>;
  /** Takes it away: of any number of callers at once one alone gets true. */
  take(digest: string, now: number): Promise<boolean>;
  removeOf(account: string): Promise<void>;
}
