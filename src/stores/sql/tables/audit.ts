import type { AuditedFields } from '../../../domain/audit.ts';
import type { Json, Sealed, Time } from '../schema.ts';
import type { CHAIN } from '../sealed.ts';

export interface AuditEventsTable {
  /** Sorts by time. */
  id: string;
  at: Time;
  type: string;
  account: string | null;
  actor: string | null;
  organization: string | null;
  client: string | null;
  address: string | null;
  request_id: string | null;
  details: Json<Readonly<Record<string, string | number | boolean>>> | null;
  before: Json<AuditedFields> | null;
  after: Json<AuditedFields> | null;
  /** Place in the chain; null until the sealer gets to it. What follows: see `RecordSeal`. */
  seq: number | null;
  hmac: string | null;
  who_salt: string | null;
  who_digest: string | null;
  whom_salt: string | null;
  whom_digest: string | null;
  /** `AuditSeals.erasure` of parts that were erased. */
  who_erased: string | null;
  whom_erased: string | null;
}

/** One row: see `ChainState`. */
export interface AuditChainTable {
  id: typeof CHAIN;
  key: Sealed;
  seq: number;
  hmac: string;
  proof: string;
  anchor_seq: number;
  anchor_hmac: string;
  anchor_proof: string;
  /** Who seals, and until when nobody else does. */
  holder: string | null;
  leased_until: Time;
}
