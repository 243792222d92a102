import type { Account } from '../account.ts';
import type { Page } from './directories.ts';
import type { PendingMail } from './mail.ts';

/** What people are reminded of: that there is a date from which they need a second factor, and that it is near. */
export type ReminderKind = 'announced' | 'soon';

/** People of an organization who are yet to be told of its date. */
export interface Reminder {
  readonly kind: ReminderKind;
  readonly organization: { readonly id: string; readonly name: string };
  /** `secondFactorFrom`; milliseconds since the Unix epoch. A date that was moved is another reminder. */
  readonly from: number;
  /** How far it got: the people after this place are left. Absent before the first. */
  readonly after?: string;
}

/** Which reminders are meant: of dates after `after`, up to and including `until`. */
export interface RemindersAsked {
  readonly kind: ReminderKind;
  readonly after: number;
  readonly until: number;
  readonly limit: number;
}

/** Who was told of an organization's date, kept for good: nobody is told of a date twice. Times are milliseconds since the Unix epoch. */
export interface Reminders {
  /** Those that are not over, of organizations that demand a second factor now; the nearest date first. */
  due(asked: RemindersAsked): Promise<readonly Reminder[]>;
  /** Who can sign in and holds no second factor, among the next `limit` people of a reminder: fewer than that, or nobody, though more come after. */
  people(reminder: Reminder, limit: number): Promise<Page<Account>>;
  /**
   * Moves a reminder on and queues its mails, both or neither.
   * @param next where to go on; absent when it is over
   * @returns false, and nothing is queued, when another process moved it on
   */
  moveOn(reminder: Reminder, step: ReminderStep): Promise<boolean>;
}

export interface ReminderStep {
  readonly next?: string;
  readonly mails: readonly PendingMail[];
  readonly now: number;
}
