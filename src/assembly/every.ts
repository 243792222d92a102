import type { Logger } from 'pino';

/**
 * Does some work again and again, one run at a time, until it is stopped. A run that fails is logged and does not end it.
 * @param pause milliseconds between the end of one run and the start of the next
 * @returns stops it, and waits for a run that is under way
 */
export function every(pause: number, work: () => Promise<unknown>, logger: Logger): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      await work();
    } catch (error) {
      logger.error({ err: error }, 'background work failed');
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = run();
    }, pause).unref();
  };
  schedule();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
