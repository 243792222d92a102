import { AuditSeals } from '../../crypto/audit-seals.ts';
import type { AuditRecord, ChainState, RecordSeal } from '../../domain/audit-chain.ts';
import type { Extension } from '../../domain/ports.ts';

/**
 * Seals records, each after the one before it.
 * @throws when the head is not one that a sealer named: going on from there would vouch for it
 */
export function extend({ key, head }: ChainState, records: readonly AuditRecord[]): Extension {
  const seals = new AuditSeals(key);
  if (!seals.isProved('head', head)) throw new Error('the head of the audit chain was changed by somebody else');
  const made: RecordSeal[] = [];
  for (const record of records) made.push(seals.seal(record, made.at(-1) ?? head));
  return { seals: made, head: seals.prove('head', made.at(-1) ?? head) };
}
