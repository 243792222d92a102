import { Undelivered } from '../../../domain/undelivered.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';

/** Whom a trial is counted against: the person or service, or everybody at the command line together. */
export function countedAs({ account, client }: Actor): string {
  return `trial ${account ?? client ?? 'command-line'}`;
}

/**
 * Sends something to try whether it can be sent.
 * @throws {Refusal} `undelivered`, whose one fault says why: `limited`, `refused`, `unreachable`, `unknown`
 */
export async function tried(field: string, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    // What anything else says may hold an address or a credential.
    const reason = error instanceof Undelivered ? error.reason : 'unknown';
    throw new Refusal('undelivered', [{ field, reason }]);
  }
}
