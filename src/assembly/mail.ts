import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createMailOutbox, type MailOutbox } from '../delivery/mail/outbox.ts';
import { smtp } from '../delivery/mail/smtp.ts';
import type { Clock } from '../domain/clock.ts';
import type { AuditLog, Letters, Mailer, MailQueue } from '../domain/ports.ts';
import { createLetters } from '../flows/mail/letters.ts';
import { createSendDue } from '../flows/mail/send-due.ts';
import { mailWords } from '../web/mail-words.ts';
import type { Renderer } from '../web/render.ts';
import { every } from './every.ts';

export interface MailParts {
  readonly mailQueue: MailQueue;
  readonly audit: AuditLog;
  readonly renderer: Renderer;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes the place of the configured one. */
  readonly mailer?: Mailer | undefined;
}

export interface OpenMail {
  readonly letters: Letters;
  /** What was sent, where it goes nowhere. */
  readonly outbox?: MailOutbox;
  /** Ends sending and connections; what was not sent yet waits for the next start. */
  close(): Promise<void>;
}

/** Milliseconds between two looks at what is to be sent. */
const PAUSE = 1_000;

/** Mail as the configuration describes it; undefined where there is none. */
export function openMail(config: Config, parts: MailParts): OpenMail | undefined {
  const { mailQueue: queue, audit, renderer, clock, logger } = parts;
  const { mail, brand, issuer } = config;
  const outbox = parts.mailer === undefined && mail.outbox ? createMailOutbox(clock) : undefined;
  const mailer = parts.mailer ?? outbox ?? smtpMailer(config);
  if (mailer === undefined) return undefined;
  const sendDue = createSendDue({
    queue,
    mailer,
    write: mailWords(renderer, { brand, issuer }),
    answerForgotten: async () => undefined,
    audit,
    clock,
    logger,
  });
  const stop = every(PAUSE, sendDue, logger);
  return {
    letters: createLetters({ queue, clock, language: mail.language }),
    ...(outbox && { outbox }),
    async close() {
      await stop();
      await mailer.close?.();
    },
  };
}

function smtpMailer({ mail, issuer, brand }: Config): Mailer | undefined {
  const { host, from, fromName = brand.name, ...settings } = mail;
  if (host === undefined || from === undefined) return undefined;
  const { hostname } = new URL(issuer);
  return smtp({ ...settings, host, from: { name: fromName, address: from }, hostname });
}
