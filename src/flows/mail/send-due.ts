import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { Letter } from '../../domain/letter.ts';
import type { AuditLog, Errand, LeasedMail, Mail, Mailer, MailQueue } from '../../domain/ports.ts';
import { Undelivered } from '../../domain/undelivered.ts';

export interface SendDueParts {
  readonly queue: MailQueue;
  readonly mailer: Mailer;
  /** Puts a letter into words. */
  readonly write: (letter: Letter) => Pick<Mail, 'subject' | 'text' | 'html'>;
  /** What an errand comes to; undefined when nothing is to be sent. Asked again before each try, with how many there were, this one included. */
  readonly letterFor: (errand: Errand, attempts: number) => Promise<Letter | undefined>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Mails sent at once. */
const BATCH = 5;
/** Milliseconds that a mail is this process's own: longer than the slowest server may take. */
const LEASE = 5 * 60_000;
/** Milliseconds before the first further try; twice as long before each one after it, up to the longest. */
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3_600_000;
/** Milliseconds after which a mail that nobody took is given up. */
const PATIENCE = 24 * 3_600_000;

/**
 * Sends what is due, a few mails at once; answers how many were tried. Never rejects for a server that cannot be reached, nor for a
 * letter that cannot be made yet.
 */
export function createSendDue(parts: SendDueParts): () => Promise<number> {
  const { queue, clock } = parts;
  return async () => {
    const now = clock.now();
    const due = await queue.lease(now, now + LEASE, BATCH);
    await Promise.all(due.map((mail) => attempt(mail, parts)));
    return due.length;
  };
}

async function attempt(mail: LeasedMail, parts: SendDueParts): Promise<void> {
  const { queue, mailer, clock, logger } = parts;
  const { id, errand, attempts } = mail;
  let letter: Letter | undefined;
  try {
    letter = errand && (await parts.letterFor(errand, attempts));
  } catch (err) {
    const dueAt = nextTry(mail, clock);
    logger.warn({ mail: id, attempts, err }, dueAt === undefined ? 'mail given up' : 'mail not made');
    return dueAt === undefined ? queue.remove(mail) : queue.retry(mail, dueAt);
  }
  if (letter === undefined) {
    if (errand === undefined) logger.warn({ mail: id }, 'mail given up: no key opens it');
    return queue.remove(mail);
  }
  try {
    await mailer.send({ id, to: letter.to, ...parts.write(letter) });
  } catch (error) {
    const { reason, detail = '' } = undeliveredBy(mailer, error);
    const failed = { account: letter.account, letter: letter.name, attempts, reason, detail };
    const dueAt = nextTry(mail, clock);
    if (reason !== 'refused' && dueAt !== undefined) {
      logger.info(failed, 'mail not sent');
      return queue.retry(mail, dueAt);
    }
    logger.warn(failed, 'mail given up');
    await note(parts, letter, { type: 'mail.undelivered', details: { reason, detail } });
    return queue.remove(mail);
  }
  await queue.remove(mail);
  await note(parts, letter, { type: 'mail.sent', details: { mailer: mailer.name } });
}

function note({ audit, clock }: SendDueParts, letter: Letter, { type, details }: Noted): Promise<void> {
  const { account, name } = letter;
  return audit.append([{ at: clock.now(), type, account, details: { letter: name, ...details } }]);
}

interface Noted {
  readonly type: string;
  readonly details: Readonly<Record<string, string>>;
}

/** When to try again, in milliseconds since the Unix epoch; undefined for a mail that was tried for long enough. */
function nextTry({ attempts, askedAt }: LeasedMail, clock: Clock): number | undefined {
  const dueAt = clock.now() + Math.min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT);
  return dueAt < askedAt + PATIENCE ? dueAt : undefined;
}

/** What a mailer did wrong in any other way says nothing about the mail, and may quote it. */
function undeliveredBy({ name }: Mailer, error: unknown): Undelivered {
  if (error instanceof Undelivered) return error;
  return new Undelivered('unknown', `${name} failed with ${error instanceof Error ? error.name : 'no error'}`);
}
