import type { LeasedLogout, LogoutQueue, PendingLogout } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { finish, lease, putBack } from './leases.ts';

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
    const rows = await lease(this.#database, 'logouts', { now, until, limit });
    return rows.map(({ session, due_at: _, ...row }) => (session === null ? row : { ...row, session }));
  }

  retry({ id, attempts }: LeasedLogout, dueAt: number): Promise<void> {
    return putBack(this.#database, 'logouts', { id, attempts, dueAt });
  }

  remove(logout: LeasedLogout): Promise<void> {
    return finish(this.#database, 'logouts', logout);
  }
}
