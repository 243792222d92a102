import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AuditEvent } from '../../domain/audit.ts';
import type { AuditHistory, AuditLog, WrittenEvent } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { eventColumns, fromEvent, idAt, toEvent } from './event-row.ts';
import { named, type PreparedQuery } from './prepare.ts';

/** Events as unsealed rows: a login waits for them, and `SqlAuditChain` gives them their place in the chain later. */
export class SqlAuditLog implements AuditLog, AuditHistory {
  readonly #database: Database;
  readonly #inserts = new Map<number, PreparedQuery<unknown>>();
  #last = { at: 0, count: 0 };

  constructor(database: Database) {
    this.#database = database;
  }

  async append(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event) => fromEvent(event, this.#nextId(event.at)));
    const parameters = rows.flatMap((row) => eventColumns.map((column) => row[column]));
    await this.#database.run({ ...this.#insertOf(rows.length), parameters });
  }

  async about(
    account: string,
    { types, limit, before }: Parameters<AuditHistory['about']>[1],
  ): Promise<WrittenEvent[]> {
    const all = this.#database.kysely
      .selectFrom('audit_events')
      .select([...eventColumns])
      .where('account', '=', account)
      .orderBy('id', 'desc')
      .limit(limit);
    const some = types === undefined ? all : all.where('type', 'in', types);
    const rows = await (before === undefined ? some : some.where('id', '<', before)).execute();
    return rows.map(toEvent);
  }

  /** Every request appends a few: an insert of one, of two and so on is built once. */
  #insertOf(count: number): PreparedQuery<unknown> {
    let insert = this.#inserts.get(count);
    if (insert === undefined) {
      insert = prepareInsert(this.#database, count);
      this.#inserts.set(count, insert);
    }
    return insert;
  }

  /** Sorts by time and, within a millisecond of this process, by order of arrival. */
  #nextId(at: number): string {
    this.#last = { at, count: at === this.#last.at ? this.#last.count + 1 : 0 };
    const count = this.#last.count.toString(16).padStart(6, '0');
    // The last 16 digits of a UUID: Node draws random bytes for many of them at once, and few bytes cost as much as many.
    const random = randomUUID().slice(19).replace('-', '');
    return `${idAt(at)}-${count}-${random}`;
  }
}

/** An insert of so many rows, to be run with the values of each in the order of the columns. */
function prepareInsert({ kysely }: Database, count: number): PreparedQuery<unknown> {
  const columns = sql.join(eventColumns.map((column) => sql.ref(column)));
  const row = sql`(${sql.join(eventColumns.map(() => null))})`;
  return named(
    sql`insert into audit_events (${columns}) values ${sql.join(Array.from({ length: count }, () => row))}`.compile(
      kysely,
    ),
  );
}
