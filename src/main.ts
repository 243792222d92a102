import { createServer } from 'node:http';
import { pino } from 'pino';
import type { Config } from './config.ts';
import { createSluis } from './index.ts';
import { listen } from './main/listen.ts';
import { stop, untilAsked } from './main/stop.ts';

/** Milliseconds after which a process that was asked to stop ends, whatever still hangs. */
const LONGEST_STOP = 9_500;

/**
 * Runs Sluis until SIGTERM or SIGINT, then lets open requests finish.
 * @throws when a store cannot be reached or the port is in use
 */
export async function serve(config: Config): Promise<void> {
  const logger = pino({ level: config.log.level });
  const asked = untilAsked();
  const sluis = await createSluis(config, { logger, threadPool: threadPoolSize() });
  try {
    const server = createServer(sluis.app.callback());
    await listen(server, config);
    logger.info({ issuer: config.issuer, host: config.host, port: config.port }, 'listening');

    logger.info({ signal: await asked }, 'stopping');
    setTimeout(() => process.exit(), LONGEST_STOP).unref();
    await stop(server);
  } finally {
    await sluis.close();
  }
  logger.info('stopped');
}

/** How many threads of libuv there are, as bin.cts sets it. */
export function threadPoolSize(): number {
  return Number(process.env.UV_THREADPOOL_SIZE ?? 4);
}
