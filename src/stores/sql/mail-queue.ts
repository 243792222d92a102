import type { Errand, LeasedMail, MailQueue, PendingMail, Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { finish, lease, putBack } from './leases.ts';
import { mailContext } from './sealed.ts';

export class SqlMailQueue implements MailQueue {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async add({ id, errand }: PendingMail, now: number): Promise<void> {
    const sealed = this.#vault.seal(JSON.stringify(errand), mailContext(id));
    await this.#database.kysely
      .insertInto('mails')
      .values({ id, errand: sealed, asked_at: now, attempts: 0, due_at: now })
      .execute();
  }

  async lease(now: number, until: number, limit: number): Promise<readonly LeasedMail[]> {
    const rows = await lease(this.#database, 'mails', { now, until, limit });
    return rows.map(({ id, errand: sealed, asked_at: askedAt, attempts }) => {
      const errand = this.#open(id, sealed);
      return { id, askedAt, attempts, ...(errand && { errand }) };
    });
  }

  retry({ id, attempts }: LeasedMail, dueAt: number): Promise<void> {
    return putBack(this.#database, 'mails', { id, attempts, dueAt });
  }

  remove(mail: LeasedMail): Promise<void> {
    return finish(this.#database, 'mails', mail);
  }

  /** One that cannot be read must not hold up the others. */
  #open(id: string, sealed: string): Errand | undefined {
    try {
      return JSON.parse(this.#vault.open(sealed, mailContext(id)));
    } catch {
      return undefined;
    }
  }
}
