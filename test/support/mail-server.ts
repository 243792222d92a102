import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from './port.ts';

/** A mail as a server got it. */
export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  /** By lower-case name, unfolded; encoded words are decoded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  /** Was the connection encrypted when it came? */
  readonly secure: boolean;
  readonly user: string | undefined;
  /** As it went over the wire. */
  readonly raw: string;
}

/** A real SMTP server on loopback that keeps what it gets. */
export interface MailServer {
  readonly port: number;
  readonly mails: readonly CaughtMail[];
  /** Settings of `mail` to send there. */
  readonly settings: object;
  /** What to answer to a recipient from now on, instead of taking it: `550`, `451`. */
  refuse(status: number | undefined): void;
  /** Stops listening; `start` takes the same port again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Waits until so many have arrived. */
  arrived(count: number): Promise<readonly CaughtMail[]>;
  /** The address that the one link of the latest mail to somebody leads to. */
  linkTo(recipient: string): string;
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: CaughtMail[] = [];
  const waiting = new Set<() => void>();
  let refusal: number | undefined;
  const port = await freePort();
  const open = async () => {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo(_address, _session, done) {
        if (refusal === undefined) return done();
        done(Object.assign(new Error('no'), { responseCode: refusal }));
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          mails.push({
            ...parse(Buffer.concat(chunks).toString()),
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            secure: session.secure,
            user: typeof session.user === 'string' ? session.user : undefined,
          });
          done();
          for (const wake of waiting) wake();
        });
      },
      ...options,
    });
    server.on('error', () => {});
    server.listen(port, 'localhost');
    await once(server.server, 'listening');
    return server;
  };
  let server = await open();
  return {
    port,
    mails,
    get settings() {
      return { host: 'localhost', port, security: 'none', from: 'no-reply@sluis.example' };
    },
    refuse(status) {
      refusal = status;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
    async start() {
      server = await open();
    },
    async arrived(count) {
      while (mails.length < count) await new Promise<void>((resolve) => waiting.add(resolve));
      waiting.clear();
      return mails;
    },
    linkTo(recipient) {
      const button = /<a class="go" href="([^"]+)"/;
      const mail = mails.findLast(({ to, html }) => to.includes(recipient) && button.test(html));
      const [, link] = button.exec(mail?.html ?? '') ?? [];
      if (link === undefined) throw new Error(`expected a mail with a link to ${recipient}`);
      return link;
    },
  };
}

function parse(raw: string): Pick<CaughtMail, 'headers' | 'text' | 'html' | 'raw'> {
  const { headers, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
  const of = (type: string) => {
    const part = parts
      .map((one) => split(one.trimStart()))
      .find((one) => one.headers['content-type']?.startsWith(type));
    return part === undefined ? '' : decode(part);
  };
  return { raw, headers, text: of('text/plain'), html: of('text/html') };
}

interface Part {
  readonly headers: Record<string, string>;
  readonly body: string;
}

function split(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 1).trim())];
  });
  return { headers: Object.fromEntries(headers), body: raw.slice(end + 4) };
}

function decode({ headers, body }: Part): string {
  const encoding = headers['content-transfer-encoding'];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return (encoding === 'quoted-printable' ? unquoted(body.replace(/=\r\n/g, '')) : body).replace(/\r\n/g, '\n');
}

/** RFC 2047. */
function decodedWords(value: string): string {
  return value
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : unquoted(word.replace(/_/g, ' ')),
    );
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
