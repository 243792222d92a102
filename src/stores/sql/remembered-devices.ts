import type { RememberedDevices } from '../../domain/ports.ts';
import type { RememberedDevice } from '../../domain/remembered-device.ts';
import type { Database } from './database.ts';
import { present } from './present.ts';
import type { RememberedDevicesTable } from './tables/remembered-devices.ts';

export class SqlRememberedDevices implements RememberedDevices {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(device: RememberedDevice, { now, most }: { readonly now: number; readonly most: number }): Promise<void> {
    const { account } = device;
    await this.#database.kysely.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('remembered_devices').where('until', '<=', now).execute();
      await transaction.insertInto('remembered_devices').values(fromDevice(device)).execute();
      const kept = transaction
        .selectFrom('remembered_devices')
        .select('id')
        .where('account', '=', account)
        .orderBy('last_used_at', 'desc')
        .orderBy('id')
        .limit(most);
      await transaction
        .deleteFrom('remembered_devices')
        .where('account', '=', account)
        .where('id', 'not in', kept)
        .execute();
    });
  }

  async find(keys: readonly string[]): Promise<readonly RememberedDevice[]> {
    // A list without keys in it is no valid SQL, and finds nothing.
    if (keys.length === 0) return [];
    const rows = await this.#all().where('key', 'in', keys).execute();
    return rows.map(toDevice);
  }

  async byId(id: string): Promise<RememberedDevice | undefined> {
    const row = await this.#all().where('id', '=', id).executeTakeFirst();
    return row && toDevice(row);
  }

  async of(account: string): Promise<readonly RememberedDevice[]> {
    const rows = await this.#all()
      .where('account', '=', account)
      .orderBy('last_used_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(toDevice);
  }

  async used(id: string, at: number): Promise<void> {
    await this.#database.kysely
      .updateTable('remembered_devices')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .execute();
  }

  async remove(account: string, ids?: readonly string[]): Promise<number> {
    if (ids?.length === 0) return 0;
    let gone = this.#database.kysely.deleteFrom('remembered_devices').where('account', '=', account);
    if (ids !== undefined) gone = gone.where('id', 'in', ids);
    const { numDeletedRows } = await gone.executeTakeFirst();
    return Number(numDeletedRows);
  }

  #all() {
    return this.#database.kysely.selectFrom('remembered_devices').selectAll();
  }
}

function fromDevice({ id, key, account, epoch, createdAt, lastUsedAt, until, address, agent }: RememberedDevice) {
  return {
    id,
    key,
    account,
    epoch,
    created_at: createdAt,
    last_used_at: lastUsedAt,
    until,
    address: address ?? null,
    agent: agent ?? null,
  } satisfies RememberedDevicesTable;
}

function toDevice(row: RememberedDevicesTable): RememberedDevice {
  const { id, key, account, epoch, until, address, agent } = row;
  const times = { createdAt: row.created_at, lastUsedAt: row.last_used_at, until };
  return { id, key, account, epoch, ...times, ...present({ address, agent }) };
}
