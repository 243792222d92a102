import { setImmediate } from 'node:timers/promises';
import { AuditSeals } from '../../crypto/audit-seals.ts';
import type { ChainState, ProvedPlace, SealedRecord } from '../../domain/audit-chain.ts';
import type { Clock } from '../../domain/clock.ts';
import type { AuditChain } from '../../domain/ports.ts';

/** Records deleted in one transaction. */
const BATCH = 500;

/**
 * Deletes sealed events that are older than `retention` milliseconds, from the beginning of the chain, which begins after them from
 * then on.
 * @returns how many
 */
export async function forgetOld(
  { chain, clock }: { readonly chain: Pick<AuditChain, 'forget'>; readonly clock: Clock },
  retention: number,
): Promise<number> {
  const before = clock.now() - retention;
  for (let total = 0; ; await setImmediate()) {
    const forgotten = await chain.forget({ before, limit: BATCH }, anchorAt);
    total += forgotten;
    if (forgotten < BATCH) return total;
  }
}

/** @throws when the anchor is not one that Sluis named: going on from there would vouch for it */
function anchorAt({ key, anchor }: ChainState, { seal }: SealedRecord): ProvedPlace {
  const seals = new AuditSeals(key);
  if (!seals.isProved('anchor', anchor))
    throw new Error('the beginning of the audit chain was changed by somebody else');
  return seals.prove('anchor', seal);
}
