import { randomUUID } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Locale } from '../../domain/locale.ts';
import type { PendingMail, Reminder, ReminderKind, Reminders } from '../../domain/ports.ts';
import { confirmedAddressOf } from '../mail/addressee.ts';
import { letterTo } from '../mail/letters.ts';

export interface RemindParts {
  readonly reminders: Reminders;
  readonly clock: Clock;
  /** For people who have set no language. */
  readonly language: Locale;
}

/** People looked at in one run, more or less: so many mails may come before somebody's link to a new password. */
const BATCH = 100;
/** Organizations looked at in one run. */
const ORGANIZATIONS = 50;
/** Milliseconds before the date from which it is near. */
const SOON = 3 * 24 * 3_600_000;

const letters: Readonly<Record<ReminderKind, string>> = {
  announced: 'second-factor-announced',
  soon: 'second-factor-soon',
};

/**
 * Tells people who have no second factor of the date from which their organization demands one: when it was set or moved, and once
 * more in its last three days. A date that is set within those three days is told once. Each run does a part; answers how many mails it queued.
 */
export function createRemind(parts: RemindParts): () => Promise<number> {
  const { reminders, clock } = parts;
  return async () => {
    const now = clock.now();
    const near = now + SOON;
    const limit = ORGANIZATIONS;
    const due = [
      ...(await reminders.due({ kind: 'soon', after: now, until: near, limit })),
      ...(await reminders.due({ kind: 'announced', after: near, until: Number.MAX_SAFE_INTEGER, limit })),
    ];
    let queued = 0;
    for (const reminder of due) {
      if (queued >= BATCH) break;
      queued += await remindSome(reminder, parts);
    }
    return queued;
  };
}

async function remindSome(reminder: Reminder, { reminders, clock, language }: RemindParts): Promise<number> {
  const now = clock.now();
  const { items, next } = await reminders.people(reminder, BATCH);
  const mails = items.flatMap((account) => mailFor(account, reminder, { now, language }));
  const isOurs = await reminders.moveOn(reminder, { mails, now, ...(next !== undefined && { next }) });
  return isOurs ? mails.length : 0;
}

function mailFor(
  account: Account,
  { kind, organization, from }: Reminder,
  { now, language }: { readonly now: number; readonly language: Locale },
): readonly PendingMail[] {
  const to = confirmedAddressOf(account, now);
  if (to === undefined) return [];
  const letter = letterTo(account, to, {
    name: letters[kind],
    locale: language,
    link: '/account/methods',
    values: { from, organization: organization.name },
  });
  return [{ id: randomUUID(), errand: { kind: 'reminder', letter } }];
}
