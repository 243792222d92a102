import { sql } from 'kysely';
import type { Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import {
  answerContext,
  auditChainContext,
  clientContext,
  enrolmentContext,
  formerSecretContext,
  LOOKUP,
  lookupContext,
  mailContext,
  signingKeyContext,
} from './sealed.ts';

/** Rows read at once. */
const BATCH = 500;

/** How many sealed values were moved to the first key, and how many no key opened: those are left as they are. */
export interface Reencrypted {
  readonly moved: number;
  readonly unreadable: number;
}

/** Columns of a row as text, whatever they hold. */
type Row = { readonly [column: string]: string } & { readonly id: string };

interface SealedColumn {
  readonly table: keyof Tables;
  readonly column: string;
  context(row: Row): string;
  /** A column that holds a digest of the same value: digests follow the keyring, too. */
  readonly digest?: { readonly column: string; readonly purpose: string };
}

const columns: readonly SealedColumn[] = [
  {
    table: 'enrolments',
    column: 'secret',
    context: ({ id, account = '', factor = '' }) => enrolmentContext({ id, account, factor }),
  },
  { table: 'clients', column: 'secret', context: ({ id }) => clientContext(id) },
  { table: 'clients', column: 'former_secret', context: ({ id }) => formerSecretContext(id) },
  { table: 'signing_keys', column: 'jwk', context: ({ id }) => signingKeyContext(id) },
  { table: 'audit_chain', column: 'key', context: ({ id }) => auditChainContext(id) },
  { table: 'mails', column: 'errand', context: ({ id }) => mailContext(id) },
  { table: 'repetitions', column: 'answer', context: ({ id }) => answerContext(id) },
  {
    table: 'enrolments',
    column: 'lookup',
    context: ({ id, account = '', factor = '' }) => lookupContext({ id, account, factor }),
    digest: { column: 'lookup_digest', purpose: LOOKUP },
  },
];

/**
 * Seals everything with the first key of the keyring. May run while others work: a value that changes meanwhile is left to
 * whoever changed it, and is sealed with that process's first key. Run it again after an old key was dropped: digests change then.
 */
export async function reencrypt(database: Database, vault: Vault): Promise<Reencrypted> {
  let moved = 0;
  let unreadable = 0;
  for (const sealed of columns) {
    for await (const row of rowsOf(database, sealed)) {
      const renewed = renew(row, sealed, vault);
      if (renewed === 'unreadable') unreadable += 1;
      else if (renewed !== 'current' && (await swap(database, sealed, { row, renewed }))) moved += 1;
    }
  }
  return { moved, unreadable };
}

/** Whether the keyring opens what is stored: the first rows of every kind, which any key that is missing shows in. */
export async function areReadable(database: Database, vault: Vault): Promise<boolean> {
  for (const sealed of columns) {
    let looked = 0;
    for await (const row of rowsOf(database, sealed)) {
      if (renew(row, sealed, vault) === 'unreadable') return false;
      looked += 1;
      if (looked === BATCH) break;
    }
  }
  return true;
}

async function* rowsOf({ kysely }: Database, { table, column }: SealedColumn): AsyncGenerator<Row> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { rows }: { rows: Row[] } = await sql<Row>`
      select * from ${sql.table(table)}
      where ${sql.ref(column)} is not null and id > ${after} order by id limit ${sql.lit(BATCH)}`.execute(kysely);
    yield* rows;
    after = rows.at(-1)?.id;
  }
}

interface Renewed {
  readonly sealed: string;
  readonly digest?: string;
}

function renew(row: Row, { column, context, digest }: SealedColumn, vault: Vault): Renewed | 'current' | 'unreadable' {
  const old = row[column] ?? '';
  const outdated = vault.isOutdated(old);
  if (!outdated && digest === undefined) return 'current';
  try {
    const plain = vault.open(old, context(row));
    const sealed = outdated ? vault.seal(plain, context(row)) : old;
    if (digest === undefined) return { sealed };
    const renewed = vault.digest(plain, digest.purpose);
    return outdated || renewed !== row[digest.column] ? { sealed, digest: renewed } : 'current';
  } catch {
    return 'unreadable';
  }
}

/** False when somebody changed the value since it was read. */
async function swap(
  { kysely }: Database,
  { table, column, digest }: SealedColumn,
  { row, renewed }: { row: Row; renewed: Renewed },
): Promise<boolean> {
  const withDigest = digest && sql`, ${sql.ref(digest.column)} = ${renewed.digest}`;
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${renewed.sealed}${withDigest ?? sql``}
    where id = ${row.id} and ${sql.ref(column)} = ${row[column]}`.execute(kysely);
  return numAffectedRows === 1n;
}
