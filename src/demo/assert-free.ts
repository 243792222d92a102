import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Makes sure that nobody else answers at `http://localhost:<port>`, at any of its addresses: a browser may pick each of them,
 * and would show somebody else's application.
 * @throws naming the port and what to do
 */
export async function assertFree(port: number, option: string): Promise<void> {
  for (const { address } of await lookup('localhost', { all: true })) {
    const server = createServer().listen(port, address);
    try {
      await once(server, 'listening');
    } catch (error) {
      if (!isInUse(error)) continue;
      throw new Error(
        `Port ${port} is in use. Stop what uses it, or choose another one: npm run demo -- ${option} <port>`,
      );
    }
    server.close();
    await once(server, 'close');
  }
}

/** A machine may have a name for an address that it has not got (IPv6 switched off): nobody answers there. */
function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
