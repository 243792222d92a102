import type { AuditSeals } from '../../crypto/audit-seals.ts';
import type { SealedRecord } from '../../domain/audit-chain.ts';

/** A record that does not fit where it stands. */
export interface Suspect {
  readonly record: SealedRecord;
  /** What the record before it has, or should have, as `hmac`. */
  readonly before: readonly string[];
}

/**
 * Where suspects were sealed, by id: a seal is right in one place alone, which is among those of the other suspects when records
 * changed places. One that is right where it stands only follows on such a record. Who has no place was changed.
 */
export function truePlaces(seals: AuditSeals, suspects: readonly Suspect[]): ReadonlyMap<string, number> {
  const hmacs = new Set(suspects.flatMap(({ record, before }) => [record.seal.hmac, ...before]));
  const seqs = suspects.map(({ record }) => record.seal.seq);
  const places = new Map<string, number>();
  for (const { record } of suspects) {
    if (!seals.arePartsWhole(record)) continue;
    const place = seqs.find((seq) =>
      [...hmacs].some((hmac) => seals.hmacAfter({ seq: seq - 1, hmac }, record) === record.seal.hmac),
    );
    if (place !== undefined) places.set(record.id, place);
  }
  return places;
}
