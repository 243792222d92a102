import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type Provider, Troubles } from './provider.ts';

export interface Received {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
}

export interface HttpApi {
  /** Checks a request, takes the message or does not, and answers. */
  respond(request: Received, take: (message: { to: string; text: string }) => void): Reply;
  readonly throttled: Reply;
  readonly unavailable: Reply;
  readonly broken: Reply;
}

export interface HttpProvider extends Provider {
  readonly url: string;
  /** What came, in full. */
  readonly received: readonly Received[];
}

export async function startHttpProvider(api: HttpApi): Promise<HttpProvider> {
  const taken: { to: string; text: string }[] = [];
  const received: Received[] = [];
  const troubles = new Troubles();
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
    const { method = '', url: path = '', headers } = incoming;
    received.push({ method, path, headers, body });
    const trouble = troubles.take();
    const isKnown = trouble === 'throttled' || trouble === 'unavailable' || trouble === 'broken';
    const reply = isKnown
      ? api[trouble]
      : api.respond({ method, path, headers, body }, (message) => taken.push(message));
    if (trouble === 'silent') return void troubles.fallSilent();
    if (trouble === 'cut') return void incoming.socket.destroy();
    outgoing.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    outgoing.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    host: '127.0.0.1',
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    taken,
    received,
    asked: () => troubles.asked,
    next: (...more) => troubles.add(more),
    silence: () => troubles.silence(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Name and password of HTTP Basic (RFC 7617). */
export function basicOf({ headers }: Received): string {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString();
}
