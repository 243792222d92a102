import type { z } from 'zod';
import { locales } from '../domain/locale.ts';
import { isMailAddress } from '../domain/mail-address.ts';
import { isHost, isLoopback } from './addresses.ts';
import { certificates } from './certificates.ts';
import { duration } from './duration.ts';
import { choice, flag, section, text, textWhich, whole } from './kinds.ts';
import { sendingRule } from './sending-rule.ts';

const address = () => textWhich('an e-mail address like "no-reply@example.com"', isMailAddress);

const name = (expected: string) =>
  textWhich(expected, (value) => /^[^\p{C}]{1,100}$/u.test(value) && value.trim() !== '');

/** Everything about mail. */
export const mail = section({
  /** Of the SMTP server. Without one, no mail is sent, and the pages that need it are not there. */
  host: textWhich('a host name or an IP address', isHost).exactOptional(),
  port: whole(1, 65_535),
  /** `tls` from the first byte, `starttls` before anything else, `none` on this machine alone. */
  security: choice(['starttls', 'tls', 'none']),
  user: name('the name that the mail server knows').exactOptional(),
  /** Secret. */
  password: text('the password that the mail server knows', 2_000).exactOptional(),
  /** Secret. In PEM; trusted in place of the certificates of the system. */
  ca: certificates().exactOptional(),
  /** Address of the sender. */
  from: address().exactOptional(),
  /** Name of the sender; by default that of the brand. */
  fromName: name('a name of one line').exactOptional(),
  replyTo: address().exactOptional(),
  /** How long the server may say nothing; a whole mail may take four times as long. */
  timeout: duration('1s', '1m'),
  /** Of mail to people who have set none. */
  language: choice(locales),
  /** Sends nothing and keeps what it gets: for demonstrations. */
  outbox: flag(),
  /** How many links to a new password may be sent for an account, and asked for from one address. */
  limits: section({ account: sendingRule(), address: sendingRule() }),
}).check(({ value, issues }) => {
  const complain = (path: string, message: string) =>
    issues.push({ code: 'custom', path: [path], message, input: value });
  const { host, security, user, password, from, outbox } = value;
  if (host !== undefined && outbox) complain('outbox', 'false, where mail.host sends');
  if (host !== undefined && from === undefined) complain('from', 'the address of the sender');
  if ((user === undefined) !== (password === undefined)) complain('password', 'a user and a password, or neither');
  const isHere = host !== undefined && isLoopback({ hostname: host });
  if (security === 'none' && user !== undefined && !isHere)
    complain('security', '"starttls" or "tls": a password does not travel in the clear');
});

export type MailSettings = z.output<typeof mail>;

/** Secrets of the mail server. */
export const mailSecrets: readonly string[] = ['mail.password', 'mail.ca'];

/** Whether plain settings keep mail in place of sending it: people would wait for mail that never comes. */
export function keepsMail({ mail: plain }: { readonly mail?: unknown }): boolean {
  const { outbox } = { outbox: false, ...Object(plain) };
  return outbox === true || outbox === 'true';
}
