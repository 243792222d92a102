import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { breachedPasswords } from '../delivery/breached-passwords.ts';
import { createMailOutbox, type MailOutbox } from '../delivery/mail/outbox.ts';
import { smtp } from '../delivery/mail/smtp.ts';
import type { FactorTraits } from '../domain/factor.ts';
import type { AccountSource, AuditLog, Clients, Letters, Mailer, Reminders } from '../domain/ports.ts';
import { createLetters } from '../flows/mail/letters.ts';
import { createSendDue } from '../flows/mail/send-due.ts';
import { withNotices } from '../flows/notices/index.ts';
import { letterFor } from '../flows/password/letter-for.ts';
import type { ChangingAccounts, PasswordNeeds } from '../flows/password/needs.ts';
import { createRemind } from '../flows/reminders/index.ts';
import { mailWords } from '../web/mail-words.ts';
import type { Renderer } from '../web/render.ts';
import { every } from './every.ts';

/** What mail takes beside what choosing a password does. */
export interface MailParts extends Omit<PasswordNeeds, 'accounts' | 'breachedPasswords' | 'settings'> {
  readonly accounts: AccountSource;
  readonly clients: Pick<Clients, 'byId'>;
  readonly factors: readonly FactorTraits[];
  readonly renderer: Renderer;
  readonly logger: Logger;
  /** Absent where people are in another application's table: nobody can list them. */
  readonly reminders?: Reminders | undefined;
  /** Takes the place of the configured one. */
  readonly mailer?: Mailer | undefined;
}

export interface OpenMail {
  readonly mailer: Mailer;
  readonly letters: Letters;
  /** The audit log, whose events are told to whom they concern from now on. */
  readonly audit: AuditLog;
  /** Absent where the account source does not let people choose a password. */
  readonly passwords?: PasswordNeeds;
  /** What was sent, where it goes nowhere. */
  readonly outbox?: MailOutbox;
  /** Sends what waits from now on. @returns ends that, and connections; what was not sent yet waits for the next start */
  start(): () => Promise<void>;
}

/** Milliseconds between two looks at what is to be sent. */
const PAUSE = 1_000;
/** Milliseconds between two looks at who is to be told of a date: one batch fits into what is sent meanwhile. */
const REMINDERS_PAUSE = 30_000;

/** Mail as the configuration describes it; undefined where there is none. */
export function openMail(config: Config, parts: MailParts): OpenMail | undefined {
  const { mailQueue: queue, accounts, reminders, renderer, clock, logger } = parts;
  const { brand, issuer } = config;
  const { language } = config.mail;
  const outbox = parts.mailer === undefined && config.mail.outbox ? createMailOutbox(clock) : undefined;
  const mailer = parts.mailer ?? outbox ?? smtpMailer(config);
  if (mailer === undefined) return undefined;
  const letters = createLetters({ queue, clock, language });
  const help = canChange(accounts) ? '/forgotten-password' : '/cannot-sign-in';
  const audit = withNotices(parts.audit, { ...parts, letters, help });
  const passwords = openPasswords(config, { ...parts, audit });
  const remind = reminders && createRemind({ reminders, clock, language });
  const sendDue = createSendDue({
    ...parts,
    queue,
    mailer,
    write: mailWords(renderer, { brand, issuer }),
    letterFor: async (errand, attempts) => {
      if (passwords !== undefined) return letterFor(passwords, errand, { language, attempts });
      return errand.kind === 'letter' ? errand.letter : undefined;
    },
  });
  return {
    mailer,
    letters,
    audit,
    ...(passwords && { passwords }),
    ...(outbox && { outbox }),
    start() {
      const stopReminding = remind && every(REMINDERS_PAUSE, remind, logger);
      const stop = every(PAUSE, sendDue, logger);
      return async () => {
        await stopReminding?.();
        await stop();
        await mailer.close?.();
      };
    },
  };
}

function canChange(accounts: AccountSource): accounts is ChangingAccounts {
  return accounts.setPassword !== undefined;
}

/** Choosing a password, with or without mail; undefined where the account source does not let people choose one. */
export function openPasswords(config: Config, parts: MailParts): PasswordNeeds | undefined {
  const { accounts } = parts;
  return canChange(accounts) ? passwordNeeds(config, { ...parts, accounts }) : undefined;
}

function passwordNeeds(
  { passwords, officeCode, brand }: Config,
  parts: MailParts & { readonly accounts: ChangingAccounts },
): PasswordNeeds {
  const { url, timeout } = passwords.breached;
  return {
    ...parts,
    ...(url !== undefined && { breachedPasswords: breachedPasswords({ url, timeout, logger: parts.logger }) }),
    settings: { officeCode, siteName: brand.name },
  };
}

/** The configured server; undefined where there is none. */
export function smtpMailer({ mail, issuer, brand }: Config): Mailer | undefined {
  const { host, from, fromName = brand.name, ...settings } = mail;
  if (host === undefined || from === undefined) return undefined;
  const { hostname } = new URL(issuer);
  return smtp({ ...settings, host, from: { name: fromName, address: from }, hostname });
}
