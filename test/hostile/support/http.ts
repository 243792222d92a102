import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Anything a client may send; `fetch` would put much of it right. */
export interface Sent {
  readonly method?: string;
  /** Sent as it is: not resolved, not encoded. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: readonly string[];
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request; redirects are not followed. @param address where the server listens, whatever the `Host` header says */
export async function send(address: string, { method = 'GET', path, headers = {}, body }: Sent): Promise<Answer> {
  const { hostname, port, host } = new URL(address);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const asked = request({
    agent,
    hostname,
    port,
    method,
    path,
    setHost: false,
    headers: { host, ...length, ...headers },
  });
  // A server may answer and hang up before it has read everything.
  let answered = false;
  const failed = new Promise<never>((_, reject) => asked.on('error', (error) => !answered && reject(error)));
  asked.end(body);
  const [answer] = (await Promise.race([once(asked, 'response'), failed])) as [IncomingMessage];
  answered = true;
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    cookies: answer.headers['set-cookie'] ?? [],
    body: await text(answer),
  };
}

/** Sends bytes that no HTTP library would, and answers everything that came back until the server hung up. */
export async function sendBytes(address: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  return text(socket);
}

/** `error` of a JSON answer. */
export function codeOf({ body, headers }: Answer): unknown {
  if (!/^application\/json/.test(headers['content-type'] ?? '')) return undefined;
  const parsed: unknown = JSON.parse(body);
  return typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : undefined;
}
