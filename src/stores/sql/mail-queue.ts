import type { Errand, LeasedMail, MailQueue, PendingMail, Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { finish, lease, putBack } from './leases.ts';
import type { MailsTable } from './schema.ts';
import { mailContext } from './sealed.ts';

/** Rows read at once. */
const BATCH = 200;

export class SqlMailQueue implements MailQueue {
  readonly #database: Database;
  readonly #vault: Vault;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  async add(mail: PendingMail, now: number): Promise<void> {
    await this.#database.kysely
      .insertInto('mails')
      .values(mailRow(this.#vault, mail, now))
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

  /** Whose each is lies under the seal: all are looked at, of which there are few. */
  async removeOf(account: string): Promise<void> {
    const { kysely } = this.#database;
    const all = kysely.selectFrom('mails').select(['id', 'errand']).orderBy('id').limit(BATCH);
    for (let after: string | undefined = ''; after !== undefined; ) {
      const rows: readonly { id: string; errand: string }[] = await all.where('id', '>', after).execute();
      const theirs = rows.filter(({ id, errand }) => accountOf(this.#open(id, errand)) === account);
      for (const { id } of theirs) await kysely.deleteFrom('mails').where('id', '=', id).execute();
      after = rows.at(-1)?.id;
    }
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

/** A mail as it waits, due from `now` on. */
export function mailRow(vault: Vault, { id, errand }: PendingMail, now: number): MailsTable {
  const sealed = vault.seal(JSON.stringify(errand), mailContext(id));
  return { id, errand: sealed, asked_at: now, attempts: 0, due_at: now };
}

/** Undefined for a wish whose account nobody has looked for yet. */
function accountOf(errand: Errand | undefined): string | undefined {
  switch (errand?.kind) {
    case 'letter':
    case 'reminder':
      return errand.letter.account;
    case 'invitation':
    case 'password-reset':
      return errand.account;
    case 'forgotten-password':
    case undefined:
      return undefined;
  }
}
