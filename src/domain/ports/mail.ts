import type { Account } from '../account.ts';
import type { Letter } from '../letter.ts';
import type { Locale } from '../locale.ts';

/** A mail in words, ready to go. */
export interface Mail {
  /** One address, without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every try of one mail: its `Message-ID` comes from it. */
  readonly id: string;
}

/** Sends mail. */
export interface Mailer {
  /** For logs and metrics. */
  readonly name: string;
  /**
   * Resolves when the server took the mail.
   * @throws {Undelivered} when it did not: `refused` when it never will, otherwise it is tried again. Never with an address, a text or a credential
   */
  send(mail: Mail): Promise<void>;
  /** Ends its connections. */
  close?(): Promise<void>;
}

/** Somebody asked for a new password, under a name that may be nobody's. Who is meant is found out when the mail is due: asking costs the same for every name. */
export interface ForgottenPassword {
  readonly kind: 'forgotten-password';
  /** As it was typed. */
  readonly name: string;
  /** Code of the organization, as it was typed. */
  readonly office?: string;
  /** Of the page that it was asked on. */
  readonly locale: Locale;
  /** Of the visitor. */
  readonly address: string;
  readonly requestId: string;
}

/** Somebody has yet to choose their first password. The link is made when the mail is due. */
export interface Invitation {
  readonly kind: 'invitation';
  readonly account: string;
}

/** Staff want somebody to choose a new password. The link is made when the mail is due. */
export interface PasswordReset {
  readonly kind: 'password-reset';
  readonly account: string;
}

/** A letter that says nothing to somebody who is disabled when it is due. */
export interface ReminderErrand {
  readonly kind: 'reminder';
  readonly letter: Letter;
}

/** What the queue keeps: a letter, or what becomes one. Plain JSON. */
export type Errand =
  | { readonly kind: 'letter'; readonly letter: Letter }
  | ReminderErrand
  | ForgottenPassword
  | Invitation
  | PasswordReset;

export interface PendingMail {
  readonly id: string;
  readonly errand: Errand;
}

/** A pending mail that one process alone may send now. */
export interface LeasedMail extends Pick<PendingMail, 'id'> {
  /** Absent when no key of the keyring opens it any more. */
  readonly errand?: Errand;
  /** Milliseconds since the Unix epoch. */
  readonly askedAt: number;
  /** How often it was leased, this time included. */
  readonly attempts: number;
}

/** Mail that has yet to be sent, kept encrypted until it is. Times are milliseconds since the Unix epoch. */
export interface MailQueue {
  /** Due from `now` on. */
  add(mail: PendingMail, now: number): Promise<void>;
  /**
   * Takes up to `limit` that are due at `now`, the longest waiting first. Nobody else gets them before `until`: a process
   * that dies meanwhile loses none.
   */
  lease(now: number, until: number, limit: number): Promise<readonly LeasedMail[]>;
  /** Puts one back until `dueAt`. Does nothing when the lease ran out and somebody else took it. */
  retry(mail: LeasedMail, dueAt: number): Promise<void>;
  /** Sent, or given up. Does nothing when the lease ran out and somebody else took it. */
  remove(mail: LeasedMail): Promise<void>;
  /** Deletes everything that waits for this account, leased or not. */
  removeOf(account: string): Promise<void>;
}

/** What is to be written to somebody. */
export interface LetterDraft extends Pick<Letter, 'name' | 'link' | 'values'> {
  /** For who has set no language: that of the page they are on. */
  readonly locale?: Locale;
}

/** Writes to people, in their language: the one way to send mail. Each letter waits in the queue from then on. */
export interface Letters {
  /**
   * @returns false, and nothing is sent, when the account has no address that its owner has shown to be theirs
   */
  send(account: Account, draft: LetterDraft): Promise<boolean>;
}
