import { sql } from 'kysely';
import { comparable } from '../../domain/comparable.ts';
import type { Organization } from '../../domain/organization.ts';
import type { Organizations } from '../../domain/ports.ts';
import type { Database } from './database.ts';
import { fromJson, toFlag, toJson } from './json.ts';
import { prepare, type Slots } from './prepare.ts';
import { present } from './present.ts';
import type { OrganizationsTable } from './schema.ts';

export class SqlOrganizations implements Organizations {
  readonly #database: Database;
  readonly #queries;

  constructor(database: Database) {
    this.#database = database;
    this.#queries = prepareQueries(database);
  }

  async byId(id: string): Promise<Organization | undefined> {
    const { rows } = await this.#queries.byId(this.#database, { id });
    return rows[0] && toOrganization(rows[0]);
  }

  async byCode(code: string): Promise<Organization | undefined> {
    const { rows } = await this.#queries.byCode(this.#database, { key: comparable(code) });
    return rows[0] && toOrganization(rows[0]);
  }

  async howMany(): Promise<0 | 1 | 2> {
    const { rows } = await this.#queries.two(this.#database, {});
    if (rows.length === 0) return 0;
    return rows.length === 1 ? 1 : 2;
  }

  /** @throws when another organization has this code */
  async save(organization: Organization): Promise<void> {
    const { id, ...rest } = fromOrganization(organization);
    await this.#database.kysely
      .insertInto('organizations')
      .values({ id, ...rest })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({ ...rest, version: eb('organizations.version', '+', 1) })),
      )
      .execute();
  }
}

/** By name: a column that a later version adds must not disturb this one while both run. */
export const organizationColumns = [
  'id',
  'code',
  'code_key',
  'name',
  'name_key',
  'second_factor_required',
  'second_factor_from',
  'methods',
  'first_set_up',
  'permits_waived',
  'number_change',
  'passkeys_count_as_both',
  'authenticators',
  'minimum_acr',
  'remembered_devices',
  'reason',
  'contact',
] as const satisfies readonly (keyof OrganizationsTable)[];

export type OrganizationRow = Pick<OrganizationsTable, (typeof organizationColumns)[number]>;

function prepareQueries({ kysely }: Database) {
  const all = kysely.selectFrom('organizations');
  return {
    byId: prepare((slots: Slots<{ id: string }>) => all.select(organizationColumns).where('id', '=', slots.id)),
    byCode: prepare((slots: Slots<{ key: string }>) =>
      all.select(organizationColumns).where('code_key', '=', slots.key),
    ),
    two: prepare(() => all.select(sql<number>`1`.as('one')).limit(2)),
  };
}

export function fromOrganization(organization: Organization): OrganizationRow {
  const { id, code, name } = organization;
  return {
    id,
    code,
    code_key: comparable(code),
    name,
    name_key: comparable(name),
    second_factor_required: toFlag(organization.secondFactorRequired),
    second_factor_from: organization.secondFactorFrom ?? null,
    methods: toJson(organization.methods),
    first_set_up: organization.firstSetUp,
    permits_waived: toFlag(organization.permitsWaived),
    number_change: toFlag(organization.numberChange),
    passkeys_count_as_both: toFlag(organization.passkeysCountAsBoth),
    authenticators: toJson(organization.authenticators),
    minimum_acr: organization.minimumAcr ?? null,
    remembered_devices: organization.rememberedDevices ?? null,
    reason: toJson(organization.reason),
    contact: toJson(organization.contact),
  };
}

export function toOrganization(row: OrganizationRow): Organization {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    secondFactorRequired: row.second_factor_required === 1,
    firstSetUp: row.first_set_up,
    permitsWaived: row.permits_waived === 1,
    numberChange: row.number_change === 1,
    passkeysCountAsBoth: row.passkeys_count_as_both === 1,
    ...present({
      secondFactorFrom: row.second_factor_from,
      methods: fromJson(row.methods),
      authenticators: fromJson(row.authenticators),
      minimumAcr: row.minimum_acr,
      rememberedDevices: row.remembered_devices,
      reason: fromJson(row.reason),
      contact: fromJson(row.contact),
    }),
  };
}
