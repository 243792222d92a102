import type { AuditRecord, SealedRecord } from '../../domain/audit-chain.ts';
import type { EventRow } from './event-row.ts';
import type { AuditEventsTable } from './tables/audit.ts';

/** An unsealed row as it is stored. */
export function toRecord(row: EventRow): AuditRecord {
  const { id, at, type, organization, client, actor, address, account, details, before, after } = row;
  const requestId = row.request_id;
  return { id, at, type, organization, client, actor, address, requestId, account, details, before, after };
}

/** A row that has a place in the chain. What of its seal is missing counts as wrong, and not as absent. */
export function toSealedRecord(row: AuditEventsTable): SealedRecord {
  return {
    ...toRecord(row),
    seal: {
      seq: row.seq ?? 0,
      hmac: row.hmac ?? '',
      who: { salt: row.who_salt, digest: row.who_digest ?? '' },
      whom: { salt: row.whom_salt, digest: row.whom_digest ?? '' },
    },
    erased: { who: row.who_erased, whom: row.whom_erased },
  };
}
