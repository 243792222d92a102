import type { Logger } from 'pino';
import type { Sluis } from '../index.ts';

/** Milliseconds that belong to those who waited for the start. */
const PAUSE = 1_000;

/** Loads what the first visitors don't need when they have been answered, so that those who do need it later don't wait for it. */
export function loadRest(sluis: Pick<Sluis, 'loadRest'>, logger: Logger): void {
  const load = () =>
    sluis
      .loadRest()
      .catch((err: unknown) => logger.error({ err }, 'console, account page or REST API cannot be loaded'));
  setTimeout(load, PAUSE).unref();
}
