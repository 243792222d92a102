import { connect, createServer, type Socket } from 'node:net';

export interface DeafProxy {
  readonly url: string;
  /** From now on, connections that exist stay open and carry nothing; new ones work. */
  deafen(): void;
  /** What came meanwhile on those that carry nothing. */
  ignored(): string;
  close(): void;
}

/** Stands before a server. */
export async function deafProxy(target: URL): Promise<DeafProxy> {
  const pairs: [Socket, Socket][] = [];
  let ignored = '';
  const server = createServer((visitor) => {
    const behind = connect(Number(target.port), target.hostname);
    pairs.push([visitor, behind]);
    for (const socket of [visitor, behind]) socket.on('error', () => undefined);
    visitor.pipe(behind);
    behind.pipe(visitor);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(target);
  url.port = typeof address === 'object' ? `${address?.port}` : '';
  return {
    url: url.href,
    deafen() {
      for (const [visitor, behind] of pairs.splice(0)) {
        visitor.unpipe(behind);
        behind.unpipe(visitor);
        behind.destroy();
        visitor.on('data', (chunk) => {
          ignored += chunk;
        });
        visitor.resume();
      }
    },
    ignored: () => ignored,
    close() {
      server.close();
      for (const [visitor, behind] of pairs) for (const socket of [visitor, behind]) socket.destroy();
    },
  };
}
