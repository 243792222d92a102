import { setTimeout } from 'node:timers/promises';
import type { SmsGateway } from '../../domain/ports.ts';
import { Undelivered } from '../../domain/undelivered.ts';
import type { Carrier, NotTaken } from './carrier.ts';

export interface Retries {
  /** How many tries may follow the first. */
  readonly retries: number;
  /** Waits this many milliseconds. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

const FIRST_PAUSE = 250;
/** Somebody waits for the page: a gateway that asks for more time than this is given up. */
const LONGEST_PAUSE = 2_000;

/**
 * Tries again what may be tried again, so that nobody ever gets a message twice:
 * - what the gateway certainly does not have (no connection, 429, 503, throttled) is tried again after a pause
 * - what it may have (no answer after the message was written) is tried again only by a gateway that knows it by its id
 * - what it refused is not tried again
 */
export function reliable(carrier: Carrier, { retries, pause = setTimeout }: Retries): SmsGateway {
  return {
    name: carrier.name,
    async send(message) {
      let doubt: NotTaken | undefined;
      for (let tried = 0; ; tried += 1) {
        const outcome = await carrier.attempt(message);
        if (outcome.taken) return;
        // Whatever a later try says: the gateway may have the message from this one.
        if (outcome.reason === 'unknown') doubt = outcome;
        const wait = waitAfter(outcome, carrier, tried);
        if (tried >= retries || wait === undefined) {
          const { reason, detail } = doubt ?? outcome;
          throw new Undelivered(reason, detail);
        }
        await pause(wait);
      }
    },
  };
}

/** Milliseconds until the next try, longer each time; undefined when there is to be none. */
function waitAfter({ reason, again }: NotTaken, { idempotent }: Carrier, tried: number): number | undefined {
  const asked = reason === 'unknown' && idempotent ? 0 : again;
  if (asked === undefined || asked > LONGEST_PAUSE) return undefined;
  // Never at one beat in all processes.
  return Math.max(asked, FIRST_PAUSE * 2 ** tried * (0.5 + Math.random() / 2));
}
