import type { LeasedLogout, LogoutQueue, PendingLogout } from '../../domain/ports.ts';
import type { Database } from './database.ts';

export class SqlLogoutQueue implements LogoutQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add({ id, client, account, session }: PendingLogout, now: number): Promise<void> {
    await this.#database.kysely
      .insertInto('logouts')
      .values({ id, client, account, session: session ?? null, attempts: 0, due_at: now })
      .execute();
  }

  async lease(now: number, until: number, limit: number): Promise<readonly LeasedLogout[]> {
    const { kysely, dialect } = this.#database;
    const due = kysely.selectFrom('logouts').select('id').where('due_at', '<=', now).orderBy('due_at').limit(limit);
    // One statement takes them. PostgreSQL runs several at once: each passes over what another one holds.
    const rows = await kysely
      .updateTable('logouts')
      .set((eb) => ({ attempts: eb('attempts', '+', 1), due_at: until }))
      .where('id', 'in', dialect === 'postgres' ? due.forUpdate().skipLocked() : due)
      .where('due_at', '<=', now)
      .returning(['id', 'client', 'account', 'session', 'attempts'])
      .execute();
    return rows.map(({ session, ...row }) => (session === null ? row : { ...row, session }));
  }

  async retry({ id, attempts }: LeasedLogout, dueAt: number): Promise<void> {
    await this.#database.kysely
      .updateTable('logouts')
      .set({ due_at: dueAt })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .execute();
  }

  async remove({ id, attempts }: LeasedLogout): Promise<void> {
    await this.#database.kysely.deleteFrom('logouts').where('id', '=', id).where('attempts', '=', attempts).execute();
  }
}
