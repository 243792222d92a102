import type { Client } from '../../domain/client.ts';
import { comparable } from '../../domain/comparable.ts';
import type { Clients, Vault } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { fromJson, toFlag, toJson } from './json.ts';
import { prepare, type Slots } from './prepare.ts';
import { present } from './present.ts';
import type { ClientsTable } from './schema.ts';
import { clientContext, formerSecretContext } from './sealed.ts';

/** By name: a column that a later version adds must not disturb this one while both run. */
export const clientColumns = [
  'id',
  'name',
  'name_key',
  'metadata',
  'secret',
  'first_party',
  'minimum_acr',
  'organizations',
  'pkce_required',
  'description',
  'former_secret',
  'former_secret_until',
  'administers',
] as const satisfies readonly (keyof ClientsTable)[];

export type ClientRow = Pick<ClientsTable, (typeof clientColumns)[number]>;

export class SqlClients implements Clients {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #byId;

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
    this.#byId = prepare((slots: Slots<{ id: string }>) =>
      database.kysely.selectFrom('clients').select(clientColumns).where('id', '=', slots.id),
    );
  }

  async byId(id: string): Promise<Client | undefined> {
    const { rows } = await this.#byId(this.#database, { id });
    return rows[0] && toClient(rows[0], this.#vault);
  }

  async save(client: Client): Promise<void> {
    const { id, ...rest } = fromClient(client, this.#vault);
    await this.#database.kysely
      .insertInto('clients')
      .values({ id, ...rest })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({ ...rest, version: eb('clients.version', '+', 1) })),
      )
      .execute();
  }
}

export function fromClient(client: Client, vault: Vault): ClientRow {
  const { id, name, secret, formerSecret } = client;
  return {
    id,
    name,
    name_key: comparable(name),
    metadata: toJson(client.metadata),
    secret: secret === undefined ? null : vault.seal(secret, clientContext(id)),
    first_party: toFlag(client.firstParty),
    minimum_acr: client.minimumAcr ?? null,
    organizations: toJson(client.organizations),
    pkce_required: toFlag(client.pkceRequired),
    description: toJson(client.description),
    former_secret: formerSecret === undefined ? null : vault.seal(formerSecret.value, formerSecretContext(id)),
    former_secret_until: formerSecret?.until ?? null,
    administers: toJson(client.administers),
  };
}

export function toClient(row: ClientRow, vault: Vault): Client {
  const { former_secret: former, former_secret_until: until } = row;
  return {
    id: row.id,
    name: row.name,
    metadata: fromJson(row.metadata),
    firstParty: row.first_party === 1,
    pkceRequired: row.pkce_required === 1,
    ...present({
      secret: row.secret === null ? null : vault.open(row.secret, clientContext(row.id)),
      minimumAcr: row.minimum_acr,
      organizations: fromJson(row.organizations),
      description: fromJson(row.description),
      administers: fromJson(row.administers),
    }),
    ...(former !== null &&
      until !== null && { formerSecret: { value: vault.open(former, formerSecretContext(row.id)), until } }),
  };
}
