import { openLog } from './assembly/open-log.ts';
import type { Config } from './config.ts';
import { createSluis } from './index.ts';
import { listen } from './main/listen.ts';
import { loadRest } from './main/load-rest.ts';
import { lowerPoolPriority } from './main/pool-priority.ts';
import { untilAsked } from './main/until-asked.ts';

/** Milliseconds after which a process that was asked to stop ends, whatever still hangs. */
const LONGEST_STOP = 9_500;

/**
 * Runs Sluis until SIGTERM or SIGINT, then lets open requests finish. Asked while it starts, it ends at once: it has nobody to answer,
 * and stores undo what a start leaves half done.
 * @param threadPool threads of libuv's pool
 * @throws when a store cannot be reached or the port is in use
 */
export async function serve(config: Config, threadPool: number): Promise<void> {
  const logger = openLog(config.log.level);
  const asked = untilAsked();
  let starting = true;
  void asked.then((signal) => {
    logger.info({ signal }, 'stopping');
    if (starting) process.exit();
    setTimeout(() => process.exit(), LONGEST_STOP).unref();
  });
  await lowerPoolPriority(threadPool).catch((err: unknown) => {
    logger.warn({ err }, 'answers may wait for passwords that are hashed: the threads that hash keep their priority');
  });
  const sluis = await createSluis(config, { logger, threadPool });
  starting = false;
  try {
    const listening = await listen(sluis.app.callback(), config);
    logger.info({ issuer: config.issuer, host: config.host, port: config.port }, 'listening');
    loadRest(sluis, logger);

    await asked;
    await listening.stop();
  } finally {
    await sluis.close();
  }
  logger.info('stopped');
}
