import type { Transporter } from 'nodemailer';
import { isMailAddress } from '../../domain/mail-address.ts';
import type { Mailer } from '../../domain/ports.ts';
import { Undelivered } from '../../domain/undelivered.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte. `starttls`: before anything of the mail is said, or not at all. `none`: in the clear. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string;
  readonly password?: string;
  /** In PEM; trusted in place of the certificates of the system. */
  readonly ca?: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo?: string;
  /** Milliseconds that the server may say nothing; a whole mail may take four times as long. */
  readonly timeout: number;
  /** How this machine greets the server, and the right side of every `Message-ID`. */
  readonly hostname: string;
}

/**
 * Of the time that the server may say nothing, how much a whole mail may take. nodemailer itself counts silence alone, so a server that
 * sends a byte now and then would hold a mail, and all that wait for it, for ever. Room for a slow server, which takes its time
 * over the greeting, the password, the recipient and the mail, and within the time that a queue lends a mail for.
 */
const PATIENCE = 4;

/** Sends mail through an SMTP server (RFC 5321), one connection a mail. */
export function smtp(settings: SmtpSettings): Mailer {
  const { host, port, security, user, password, ca, from, replyTo, timeout, hostname } = settings;
  const options = {
    host,
    port,
    name: hostname,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    // A mail is what it says, never what a file or an address says.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
  let transport: Promise<Transporter> | undefined;
  // Loaded with the first mail: most processes start, and some commands end, without one.
  const open = async () => (await import('nodemailer')).createTransport(options);
  return {
    name: 'smtp',
    async send({ to, subject, text, html, id }) {
      if (!isMailAddress(to)) throw new Undelivered('refused', 'address');
      try {
        transport ??= open();
        await (await transport).sendMail({
          from,
          to: { name: '', address: to },
          ...(replyTo !== undefined && { replyTo }),
          subject,
          text,
          html,
          messageId: `<${id}@${hostname}>`,
          // No holiday replies (RFC 3834, section 5, and what Exchange knows).
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal: AbortSignal.timeout(PATIENCE * timeout),
        });
      } catch (error) {
        throw undelivered(error);
      }
    },
    async close() {
      (await transport)?.close();
    },
  };
}

/** What the server answers may quote the address: its numbers alone go on. */
function undelivered(error: unknown): Undelivered {
  const { code, command, responseCode } = { code: '', command: '', responseCode: 0, ...Object(error) };
  const status = typeof responseCode === 'number' ? responseCode : 0;
  const detail = [code === 'EABORT' ? 'ETIMEDOUT' : code, command, status]
    .filter((part) => /^[A-Z0-9 ]{1,20}$/.test(String(part)) && part !== 0)
    .join(' ');
  // Of this recipient or this mail, and for good (RFC 5321, section 4.2.1). Anything else may be put right.
  const isRefused = status >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return new Undelivered(isRefused ? 'refused' : 'unreachable', detail || 'failed');
}
