import { randomUUID } from 'node:crypto';
import type { Account } from '../../domain/account.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Letter } from '../../domain/letter.ts';
import type { Locale } from '../../domain/locale.ts';
import type { LetterDraft, Letters, MailQueue } from '../../domain/ports.ts';
import { confirmedAddressOf } from './addressee.ts';

export interface LettersParts {
  readonly queue: MailQueue;
  readonly clock: Clock;
  /** For people who have set no language. */
  readonly language: Locale;
}

/** Puts mail into the queue, for people whose address is confirmed. */
export function createLetters({ queue, clock, language }: LettersParts): Letters {
  return {
    async send(account, draft) {
      const now = clock.now();
      const to = confirmedAddressOf(account, now);
      if (to === undefined || account.disabled) return false;
      const letter = letterTo(account, to, { locale: language, ...draft });
      await queue.add({ id: randomUUID(), errand: { kind: 'letter', letter } }, now);
      return true;
    },
  };
}

/** A letter to somebody, in their own language before any other. */
export function letterTo(account: Account, to: string, draft: LetterDraft & { readonly locale: Locale }): Letter {
  const { username, profile } = account;
  return {
    ...draft,
    account: account.id,
    to,
    locale: account.locale ?? draft.locale,
    values: { person: profile.name ?? username, username, ...draft.values },
  };
}
