import { once } from 'node:events';
import type { Server } from 'node:http';

/**
 * Starts to listen.
 * @throws when the port is in use, or the address is not one of this machine
 */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}
