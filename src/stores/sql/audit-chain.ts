import { sql, type Transaction } from 'kysely';
import type { AuditRecord, ChainState, PersonalPart, ProvedPlace, SealedRecord } from '../../domain/audit-chain.ts';
import type { AuditChain, Extension, Sealing, Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { eraseBatch } from './erase-events.ts';
import { eventColumns } from './event-row.ts';
import { toRecord, toSealedRecord } from './record-row.ts';
import type { Tables } from './schema.ts';
import { auditChainContext, CHAIN } from './sealed.ts';
import type { AuditChainTable } from './tables/audit.ts';

/**
 * The chain over `audit_events`. Whoever changes it locks its one row first, and reads the head under that lock: the lease keeps
 * processes from waiting for one another, the lock keeps them from forking the chain.
 */
export class SqlAuditChain implements AuditChain {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async state(): Promise<ChainState | undefined> {
    const row = await this.#database.kysely.selectFrom('audit_chain').selectAll().executeTakeFirst();
    return row && this.#toState(row);
  }

  async begin({ key, head, anchor }: ChainState): Promise<void> {
    const { kysely } = this.#database;
    const sealed = await kysely
      .selectFrom('audit_events')
      .select('seq')
      .where('seq', 'is not', null)
      .limit(1)
      .execute();
    if (sealed.length > 0) await this.#mustBeThere();
    await kysely
      .insertInto('audit_chain')
      .values({
        id: CHAIN,
        key: this.#vault.seal(key, auditChainContext(CHAIN)),
        ...headColumns(head),
        ...anchorColumns(anchor),
        holder: null,
        leased_until: 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async extend(
    { holder, now, until, limit }: Sealing,
    seal: (state: ChainState, records: readonly AuditRecord[]) => Extension,
  ): Promise<{ sealed: number; head: ProvedPlace } | undefined> {
    if (!(await this.#isDue())) return undefined;
    return this.#database.kysely.transaction().execute(async (transaction) => {
      const chain = await this.#locked(transaction, 'skip');
      if (chain === undefined || (chain.holder !== holder && chain.leased_until > now)) return undefined;
      const rows = await this.#locking(transaction.selectFrom('audit_events').select([...eventColumns]))
        .where('seq', 'is', null)
        .orderBy('id')
        .limit(limit)
        .execute();
      if (rows.length === 0) return undefined;
      const { seals, head } = seal(this.#toState(chain), rows.map(toRecord));
      const sealed = rows.map(({ id }, index) => ({ id, seal: seals[index] }));
      const values = sealed.map(({ id, seal: one }) => sqlSeal(id, one));
      // One statement for the batch: PostgreSQL answers it in one turn.
      await sql`with sealed(id, seq, hmac, who_salt, who_digest, whom_salt, whom_digest) as (values ${sql.join(values)})
        update audit_events set seq = sealed.seq, hmac = sealed.hmac, who_salt = sealed.who_salt,
          who_digest = sealed.who_digest, whom_salt = sealed.whom_salt, whom_digest = sealed.whom_digest
        from sealed where audit_events.id = sealed.id`.execute(transaction);
      await transaction
        .updateTable('audit_chain')
        .set({ ...headColumns(head), holder, leased_until: until })
        .execute();
      return { sealed: rows.length, head };
    });
  }

  async records(seq: number, limit: number): Promise<readonly SealedRecord[]> {
    const rows = await this.#database.kysely
      .selectFrom('audit_events')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map(toSealedRecord);
  }

  async unsealed(): Promise<{ count: number; oldest?: number }> {
    const { count, oldest } = await this.#database.kysely
      .selectFrom('audit_events')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('at').as('oldest')])
      .where('seq', 'is', null)
      .executeTakeFirstOrThrow();
    return { count, ...(oldest !== null && { oldest }) };
  }

  forget(
    { before, limit }: { readonly before: number; readonly limit: number },
    anchor: (state: ChainState, last: SealedRecord) => ProvedPlace,
  ): Promise<number> {
    return this.#database.kysely.transaction().execute(async (transaction) => {
      const chain = await this.#locked(transaction, 'wait');
      if (chain === undefined) return 0;
      const rows = await transaction
        .selectFrom('audit_events')
        .selectAll()
        .where('seq', '>', chain.anchor_seq)
        .where('seq', '<=', chain.seq)
        .orderBy('seq')
        .limit(limit)
        .execute();
      // Where something is missing it ends, for whoever verifies the chain to see.
      const kept = rows.findIndex(({ at, seq }, index) => at >= before || seq !== chain.anchor_seq + index + 1);
      const old = kept === -1 ? rows : rows.slice(0, kept);
      const last = old.at(-1);
      if (last === undefined) return 0;
      const ids = old.map(({ id }) => id);
      await transaction.deleteFrom('audit_events').where('id', 'in', ids).execute();
      const place = anchor(this.#toState(chain), toSealedRecord(last));
      await transaction.updateTable('audit_chain').set(anchorColumns(place)).execute();
      return old.length;
    });
  }

  erase(account: string, limit: number, proof: (id: string, part: PersonalPart) => string): Promise<number> {
    return eraseBatch(this.#database, { account, limit }, proof);
  }

  /** Whether anything waits, found out without any lock. */
  async #isDue(): Promise<boolean> {
    const waiting = await this.#database.kysely
      .selectFrom('audit_events')
      .select('id')
      .where('seq', 'is', null)
      .limit(1)
      .execute();
    if (waiting.length > 0) await this.#mustBeThere();
    return waiting.length > 0;
  }

  async #mustBeThere(): Promise<void> {
    const chain = await this.#database.kysely.selectFrom('audit_chain').select('id').execute();
    if (chain.length === 0) throw new Error('the head of the audit chain is gone');
  }

  /** The row of the chain, which nobody else may change before the end of this transaction. @param busy when somebody else has it */
  #locked(transaction: Transaction<Tables>, busy: 'wait' | 'skip'): Promise<AuditChainTable | undefined> {
    const chain = transaction.selectFrom('audit_chain').selectAll();
    // A transaction on SQLite has locked everything.
    if (this.#database.dialect === 'sqlite') return chain.executeTakeFirst();
    const locking = chain.forUpdate();
    return (busy === 'skip' ? locking.skipLocked() : locking).executeTakeFirst();
  }

  #locking<Query extends { forUpdate(): Query }>(query: Query): Query {
    return this.#database.dialect === 'sqlite' ? query : query.forUpdate();
  }

  #toState(row: AuditChainTable): ChainState {
    return {
      key: this.#vault.open(row.key, auditChainContext(CHAIN)),
      head: { seq: row.seq, hmac: row.hmac, proof: row.proof },
      anchor: { seq: row.anchor_seq, hmac: row.anchor_hmac, proof: row.anchor_proof },
    };
  }
}

function headColumns({ seq, hmac, proof }: ProvedPlace) {
  return { seq, hmac, proof };
}

function anchorColumns({ seq, hmac, proof }: ProvedPlace) {
  return { anchor_seq: seq, anchor_hmac: hmac, anchor_proof: proof };
}

function sqlSeal(id: string, seal: Extension['seals'][number] | undefined) {
  if (seal === undefined) throw new Error('a record was given no seal');
  const { seq, hmac, who, whom } = seal;
  return sql`(${id}, cast(${seq} as bigint), ${hmac}, ${who.salt}, ${who.digest}, ${whom.salt}, ${whom.digest})`;
}
