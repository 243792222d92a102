import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '../../domain/audit.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { toJson } from './json.ts';
import type { AuditEventsTable } from './schema.ts';

/** Events as unsealed rows: `seq` and `hmac` are for whoever chains them later. */
export class SqlAuditLog implements AuditLog {
  readonly #database: Database;
  #last = { at: 0, count: 0 };

  constructor(database: Database) {
    this.#database = database;
  }

  async append(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event) => toRow(event, this.#nextId(event.at)));
    await this.#database.kysely.insertInto('audit_events').values(rows).execute();
  }

  /** Sorts by time and, within a millisecond of this process, by order of arrival. */
  #nextId(at: number): string {
    this.#last = { at, count: at === this.#last.at ? this.#last.count + 1 : 0 };
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
    return `${hex(at, 12)}-${hex(this.#last.count, 6)}-${randomBytes(8).toString('hex')}`;
  }
}

function toRow(event: AuditEvent, id: string): AuditEventsTable {
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
    seq: null,
    hmac: null,
  };
}
