import type { Account } from '../../domain/account.ts';
import { comparable } from '../../domain/comparable.ts';
import type { Page, PageAsked, Within } from '../../domain/ports.ts';
import { accountColumns, toAccount } from './account-row.ts';
import type { Database } from './database.ts';
import { nextAfter, pageOf, placeOf, rangeOf } from './keyset.ts';

/** Entries of the index that a page may cost: an account has one for each of its names, and is listed under one alone. */
const ENTRIES = 1_000;

type Asked = PageAsked & Within & { readonly prefix?: string };

/** One page of accounts. */
export function listAccounts(database: Database, { prefix = '', ...asked }: Asked): Promise<Page<Account>> {
  const start = comparable(prefix);
  return start === '' ? byUsername(database, asked) : byWord(database, { ...asked, start });
}

async function byUsername(database: Database, { limit, after, organization }: Asked): Promise<Page<Account>> {
  const from = after === undefined ? undefined : placeOf(after);
  const rows = await usernameQuery(database, { limit: limit + 1, organization, from }).execute();
  return pageOf(rows, limit, { keys: ({ username_key, id }) => [username_key, id], item: (row) => toAccount(row) });
}

async function byWord(database: Database, asked: Asked & { readonly start: string }): Promise<Page<Account>> {
  const { limit, after, organization, start } = asked;
  const place = placeOf(after ?? '');
  // A place of another search is none of this one.
  const from = place[0].startsWith(start) ? place : undefined;
  const entries = await wordQuery(database, { start, organization, from }).execute();
  const listed = entries.filter(({ shared }) => shared < start.length).slice(0, limit);
  const last = listed.length === limit ? listed.at(-1) : entries.at(-1);
  const isOver = last === entries.at(-1) && entries.length < ENTRIES;
  const items = await named(
    database,
    listed.map(({ account }) => account),
  );
  return { items, ...(last && !isOver && { next: nextAfter([last.word, last.account]) }) };
}

/** Where to look, and from where on. */
interface Range {
  readonly organization: string | null | undefined;
  readonly from: Place | undefined;
}

/** A name, and whose it is. */
type Place = readonly [string, string];

/** Those after a place, of one organization or of all: each from an index that has them in this order. */
export function usernameQuery({ kysely }: Database, { limit, organization, from }: Range & { readonly limit: number }) {
  const query = kysely
    .selectFrom('accounts')
    .select([...accountColumns, 'username_key'])
    .orderBy('username_key')
    .limit(limit);
  if (organization !== undefined) {
    const within =
      organization === null ? query.where('organization', 'is', null) : query.where('organization', '=', organization);
    return from === undefined ? within : within.where('username_key', '>', from[0]);
  }
  const all = query.orderBy('id');
  return from === undefined
    ? all
    : all.where(({ eb, refTuple, tuple }) => eb(refTuple('username_key', 'id'), '>', tuple(...from)));
}

/** Entries of the index that begin with something, after a place. */
export function wordQuery({ kysely }: Database, { start, organization, from }: Range & { readonly start: string }) {
  const range = rangeOf(start);
  const query = kysely
    .selectFrom('account_words')
    .select(['word', 'account', 'shared'])
    .where('word', '<', range.to)
    .orderBy('word')
    .orderBy('account')
    .limit(ENTRIES);
  const rest =
    from === undefined
      ? query.where('word', '>=', range.from)
      : query.where(({ eb, refTuple, tuple }) => eb(refTuple('word', 'account'), '>', tuple(...from)));
  if (organization === undefined) return rest;
  return organization === null ? rest.where('organization', 'is', null) : rest.where('organization', '=', organization);
}

/** Accounts in the order of their ids here. */
async function named({ kysely }: Database, ids: readonly string[]): Promise<readonly Account[]> {
  if (ids.length === 0) return [];
  const rows = await kysely.selectFrom('accounts').select(accountColumns).where('id', 'in', ids).execute();
  const accounts = new Map(rows.map((row) => [row.id, toAccount(row)]));
  return ids.flatMap((id) => accounts.get(id) ?? []);
}
