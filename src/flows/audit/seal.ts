import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { newChain } from '../../crypto/audit-seals.ts';
import type { ChainPlace } from '../../domain/audit-chain.ts';
import type { Clock } from '../../domain/clock.ts';
import type { AuditChain } from '../../domain/ports.ts';
import { extend } from './extend.ts';

export interface SealerParts {
  readonly chain: Pick<AuditChain, 'state' | 'begin' | 'extend'>;
  readonly clock: Clock;
}

/** Records sealed in one transaction. */
const BATCH = 100;
/** Milliseconds for which one process is the sealer; longer than a batch takes. */
const LEASE = 30_000;

/**
 * Seals what was written since. Any number of processes may do so: one of them is the sealer, for as long as it lives.
 * @returns a function to call again and again. It answers how many records it sealed, with the head of the chain from then on;
 *   undefined when there was nothing for it to do
 */
export function createSealer({ chain, clock }: SealerParts) {
  const holder = randomUUID();
  let begun = false;
  return async (): Promise<{ readonly sealed: number; readonly head: ChainPlace } | undefined> => {
    if (!begun && (await chain.state()) === undefined) await chain.begin(newChain());
    begun = true;
    let sealed = 0;
    for (let head: ChainPlace | undefined; ; await setImmediate()) {
      const now = clock.now();
      const done = await chain.extend({ holder, now, until: now + LEASE, limit: BATCH }, extend);
      sealed += done?.sealed ?? 0;
      head = done?.head ?? head;
      if (done === undefined || done.sealed < BATCH) return head && { sealed, head };
    }
  };
}
