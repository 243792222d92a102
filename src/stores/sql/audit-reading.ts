import { type SelectQueryBuilder, sql } from 'kysely';
import type { AuditFilter, AuditReading, ListedEvent, Page, PageAsked } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { eventColumns, idAt, toEvent } from './event-row.ts';
import { pageOf, placeOf, rangeOf } from './keyset.ts';
import type { Tables } from './schema.ts';

const columns = [...eventColumns, 'seq', 'who_erased', 'whom_erased'] as const;

type Row = Pick<Tables['audit_events'], (typeof columns)[number]>;
type Rows = SelectQueryBuilder<Tables, 'audit_events', Row>;

/** How a page is read: in which direction, after which id, and how many rows. */
interface Turn {
  readonly order: 'asc' | 'desc';
  readonly after: string | undefined;
  readonly limit: number;
}

/**
 * Reads events by id, which sorts by time. Sealed rows have an index for each field; those that were not sealed yet are few, and are
 * looked through one by one.
 */
export class SqlAuditReading implements AuditReading {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page({ limit, after, ...filter }: PageAsked & AuditFilter): Promise<Page<ListedEvent>> {
    const turn: Turn = { order: 'desc', after: after === undefined ? undefined : placeOf(after)[0], limit: limit + 1 };
    const unsealed = await this.#rows(filter, turn).where('seq', 'is', null).execute();
    const sealed = await this.#sealed(filter, turn);
    // What was sealed meanwhile is among both.
    const rows = new Map([...unsealed, ...sealed].map((row) => [row.id, row]));
    return toPage([...rows.values()].sort(byId).reverse(), limit);
  }

  async inOrder({ limit, after, ...filter }: PageAsked & AuditFilter): Promise<Page<ListedEvent>> {
    const turn: Turn = { order: 'asc', after: after === undefined ? undefined : placeOf(after)[0], limit: limit + 1 };
    return toPage((await this.#sealed(filter, turn)).sort(byId), limit);
  }

  /** At least the first of them; more where several kinds of events are asked for. */
  async #sealed(filter: AuditFilter, turn: Turn): Promise<Row[]> {
    const { account, actor, address, client, type } = filter;
    const sealed = this.#rows(filter, turn).where('seq', 'is not', null);
    const narrow = [account, actor, address, client].some((field) => field !== undefined);
    if (type === undefined || narrow) return sealed.execute();
    // A rare kind among millions is found by an index, which knows no beginnings of names: hence one by one.
    const rows: Row[] = [];
    for (const kind of await this.#kinds(type, filter)) rows.push(...(await sealed.where('type', '=', kind).execute()));
    return rows;
  }

  #rows(filter: AuditFilter, { order, after, limit }: Turn): Rows {
    const { organization, type, from, until, account, actor, client, address } = filter;
    let rows = this.#database.kysely.selectFrom('audit_events').select(columns).orderBy('id', order).limit(limit);
    if (after !== undefined) rows = rows.where('id', order === 'asc' ? '>' : '<', after);
    if (from !== undefined) rows = rows.where('id', '>=', idAt(from));
    if (until !== undefined) rows = rows.where('id', '<', idAt(until));
    if (organization === null) rows = rows.where('organization', 'is', null);
    else if (organization !== undefined) rows = rows.where('organization', '=', organization);
    for (const [column, value] of Object.entries({ account, actor, client, address })) {
      if (value !== undefined) rows = rows.where(sql.ref<string>(column), '=', value);
    }
    const range = rangeOf(type ?? '', asItIs);
    return type === undefined ? rows : rows.where('type', '>=', range.from).where('type', '<=', range.to);
  }

  /** The types that begin so, each found by one step in an index. */
  async #kinds(beginning: string, { organization }: AuditFilter): Promise<readonly string[]> {
    const { from, to } = rangeOf(beginning, asItIs);
    const within =
      organization === undefined
        ? sql``
        : organization === null
          ? sql`and organization is null`
          : sql`and organization = ${organization}`;
    const least = sql`select min(type) from audit_events where seq is not null and type <= ${to} ${within}`;
    const { rows } = await sql<{ type: string }>`
      with recursive kinds(type) as (
        select (${least} and type >= ${from})
        union all
        select (${least} and type > kinds.type) from kinds where kinds.type is not null
      ) select type from kinds where type is not null`.execute(this.#database.kysely);
    return rows.map(({ type }) => type);
  }
}

function asItIs(text: string): string {
  return text;
}

function byId({ id }: Row, other: Row): number {
  return id < other.id ? -1 : 1;
}

function toPage(rows: readonly Row[], limit: number): Page<ListedEvent> {
  return pageOf(rows.slice(0, limit + 1), limit, { keys: ({ id }) => [id], item: toListed });
}

function toListed({ seq, who_erased, whom_erased, ...row }: Row): ListedEvent {
  const erased = who_erased !== null || whom_erased !== null;
  return { ...toEvent(row), ...(seq !== null && { seq }), ...(erased && { erased }) };
}
