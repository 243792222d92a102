import type { Server } from 'node:http';

/** Milliseconds that open requests have to finish; what started Sluis kills it after ten seconds. */
const PATIENCE = 8_000;
/** Milliseconds between two looks for connections that have become idle. */
const PAUSE = 50;

/** Waits until somebody asks the process to stop. Asked twice, it stops at once. */
export function untilAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    function asked(signal: NodeJS.Signals): void {
      process.off('SIGTERM', asked).off('SIGINT', asked);
      resolve(signal);
    }
    process.on('SIGTERM', asked).on('SIGINT', asked);
  });
}

/** Takes no new connections, lets open requests finish, and cuts off those that take too long. */
export async function stop(server: Server): Promise<void> {
  // A connection is kept for further requests by whoever made it, and would keep the server open.
  const sweep = setInterval(() => server.closeIdleConnections(), PAUSE);
  const cut = setTimeout(() => server.closeAllConnections(), PATIENCE);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(sweep);
  clearTimeout(cut);
}
