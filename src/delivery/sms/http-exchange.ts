import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Clock } from '../../domain/clock.ts';
import type { NotTaken, Patience } from './carrier.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer that came whole. */
export interface HttpAnswer {
  readonly status: number;
  /** Milliseconds, where the gateway says (RFC 9110, section 10.2.3). */
  readonly retryAfter?: number;
  /** Parsed, where it is JSON. */
  readonly body: unknown;
}

export interface HttpParts extends Patience {
  readonly clock: Clock;
}

/** Characters of an answer that are read; what a gateway says of one message is shorter. */
const LONGEST = 65_536;
/** Nobody has the request, and the next moment may be better. */
const passing = ['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'];

/**
 * Sends one request on a connection of its own, so that it is certain whether anything was written when it fails: nothing is
 * before the connection stands. Redirects are not followed.
 */
export function exchange(request: HttpRequest, { deadline, clock }: HttpParts): Promise<HttpAnswer | NotTaken> {
  const { url, method, headers, body = '' } = request;
  const isSecure = url.startsWith('https:');
  return new Promise((resolve) => {
    let isWritten = false;
    const fail = (error: Error) => resolve(failure(codeOf(error), isWritten));
    const outgoing = (isSecure ? overHttps : overHttp)(url, {
      method,
      headers: { 'user-agent': 'sluis', ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) },
      agent: false,
      signal: deadline(),
    });
    outgoing.once('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        isWritten = true;
      });
    });
    outgoing.once('error', fail);
    outgoing.once('response', (incoming) =>
      read(incoming).then((text) => resolve(answerOf(incoming, text, clock)), fail),
    );
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST) throw new Error('the answer is too long');
  }
  return text;
}

/** Codes alone: messages of errors hold addresses, and addresses may hold numbers. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function failure(code: string, isWritten: boolean): NotTaken {
  const detail = code === 'ABORT_ERR' ? 'timeout' : code;
  if (isWritten) return { taken: false, reason: 'unknown', detail };
  return { taken: false, reason: 'unreachable', detail, ...(passing.includes(code) && { again: 0 }) };
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, text: string, clock: Clock): HttpAnswer {
  const retryAfter = milliseconds(headers['retry-after'], clock);
  return { status: statusCode, body: parsed(text), ...(retryAfter !== undefined && { retryAfter }) };
}

function milliseconds(retryAfter: string | undefined, clock: Clock): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? undefined : Math.max(0, until - clock.now());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
