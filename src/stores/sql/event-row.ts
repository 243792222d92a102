import type { AuditEvent } from '../../domain/audit.ts';
import type { WrittenEvent } from '../../domain/ports.ts';
import { fromJson, toJson } from './json.ts';
import { present } from './present.ts';
import type { AuditEventsTable } from './tables/audit.ts';

/** What a `WrittenEvent` is made of. */
export const eventColumns = [
  'id',
  'at',
  'type',
  'account',
  'actor',
  'organization',
  'client',
  'address',
  'request_id',
  'details',
  'before',
  'after',
] as const satisfies readonly (keyof AuditEventsTable)[];

export type EventRow = Pick<AuditEventsTable, (typeof eventColumns)[number]>;

export function fromEvent(event: AuditEvent, id: string): EventRow {
  return {
    id,
    at: event.at,
    type: event.type,
    account: event.account ?? null,
    actor: event.actor ?? null,
    organization: event.organization ?? null,
    client: event.client ?? null,
    address: event.address ?? null,
    request_id: event.requestId ?? null,
    details: toJson(event.details),
    before: toJson(event.before),
    after: toJson(event.after),
  };
}

export function toEvent({
  id,
  at,
  type,
  request_id: requestId,
  details,
  before,
  after,
  ...rest
}: EventRow): WrittenEvent {
  const told = { requestId, details: fromJson(details), before: fromJson(before), after: fromJson(after) };
  return { id, at, type, ...present({ ...rest, ...told }) };
}

/** Digits of the time in an id: enough for ten thousand years of milliseconds, in hexadecimal. */
const DIGITS = 12;

/** What the ids of a moment begin with; less than each of them, and more than those of every moment before. */
export function idAt(at: number): string {
  return Math.max(0, Math.trunc(at)).toString(16).padStart(DIGITS, '0');
}
