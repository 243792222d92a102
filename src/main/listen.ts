import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Milliseconds that open requests have to finish; what started Sluis kills it after ten seconds. */
const PATIENCE = 8_000;

/** A server that answers. */
export interface Listening {
  /** Takes no new connections, lets open requests finish, and cuts off those that take too long. */
  stop(): Promise<void>;
}

/**
 * Starts to answer requests.
 * @throws when the port is in use, or the address is not one of this machine
 */
export async function listen(
  answer: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(answer);
  const connections = new Set<Socket>();
  const open = new Set<ServerResponse>();
  let stopping = false;

  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      if (stopping) socket.destroySoon();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    async stop() {
      stopping = true;
      const closed = once(server, 'close');
      server.close();
      // Node closes connections that have become idle, and not those on which nothing was asked yet.
      const busy = new Set([...open].map(({ req }) => req.socket));
      for (const socket of connections) if (!busy.has(socket)) socket.destroy();
      for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close');
      const cut = setTimeout(() => server.closeAllConnections(), PATIENCE);
      await closed;
      clearTimeout(cut);
    },
  };
}
