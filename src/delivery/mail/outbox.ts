import type { Clock } from '../../domain/clock.ts';
import type { Mail, Mailer } from '../../domain/ports.ts';

export interface OutboxMail extends Mail {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Sends nothing and keeps everything, for demonstrations and tests. */
export interface MailOutbox extends Mailer {
  /** The latest first. */
  mails(): readonly OutboxMail[];
}

/** Mails kept; the oldest make room. */
const MOST = 100;

export function createMailOutbox(clock: Clock): MailOutbox {
  let kept: readonly OutboxMail[] = [];
  return {
    name: 'outbox',
    async send(mail) {
      kept = [{ ...mail, at: clock.now() }, ...kept].slice(0, MOST);
    },
    mails: () => kept,
  };
}
