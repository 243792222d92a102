import { sql } from 'kysely';
import { openDatabase } from '../../src/assembly/stores.ts';
import type { AccountDirectory, ImportBatch, ImportedAccount } from '../../src/domain/ports.ts';
import { systemClock } from '../../src/system-clock.ts';
import { freshStores, testConfig } from '../support/world.ts';
import type { Figure } from './figure.ts';
import { percentile } from './statistics.ts';

const ACCOUNTS = 1_000_000;
const OFFICES = 1_000;
/** Pages of each kind that are timed, each of another place. */
const PAGES = 200;
/** Pages that somebody goes through before one counts as deep. */
const DEEP = 50;
const LIMIT = 50;

const given = [
  'Anna',
  'Bram',
  'Daan',
  'Emma',
  'Fleur',
  'Jan',
  'Julia',
  'Lotte',
  'Mila',
  'Noor',
  'Sem',
  'Tess',
  'Youssef',
];
const family = [
  'Bakker',
  'de Boer',
  'Dekker',
  'de Groot',
  'Jansen',
  'Kok',
  'Mulder',
  'Smit',
  'van den Berg',
  'Visser',
  'Yılmaz',
];

/** Milliseconds in which a page of people is found among a million, 99 of 100 times. */
export async function search(): Promise<readonly Figure[]> {
  const sqlite = await measured('SQLite and memory');
  const postgres = await measured('PostgreSQL and Redis');
  return sqlite.map(({ name, value }, index) => ({
    name,
    unit: 'ms',
    values: { SQLite: value, PostgreSQL: postgres[index]?.value ?? Number.NaN },
    target: { atMost: 50 },
  }));
}

async function measured(pair: Parameters<typeof freshStores>[0]) {
  const fresh = await freshStores(pair);
  const stores = openDatabase(testConfig(fresh.settings), { clock: systemClock, threadPool: 4 });
  try {
    await stores.imports.addAll(batches());
    // As the databases do by themselves after a while.
    await sql`analyze`.execute(stores.database.kysely);
    return await timed(stores.accountDirectory);
  } finally {
    await stores.database.close();
    await fresh.close();
  }
}

async function timed(accounts: AccountDirectory) {
  const rare = (index: number) => ({ prefix: `user${(index * 4_999) % ACCOUNTS}` });
  const office = (index: number) => ({ organization: `office-${index % OFFICES}` });
  const kinds: readonly (readonly [string, (index: number) => object])[] = [
    ['everybody, first page', () => ({})],
    ['everybody, deep page', () => ({ after: deep.everybody })],
    ['a rare beginning', rare],
    ['a common beginning ("j"), first page', () => ({ prefix: 'j' })],
    ['a common beginning ("j"), deep page', () => ({ prefix: 'j', after: deep.common })],
    ['"jan" within one organization', (index) => ({ ...office(index), prefix: 'jan' })],
    ['one organization, first page', office],
  ];
  const deep = { everybody: await deepInto(accounts, {}), common: await deepInto(accounts, { prefix: 'j' }) };
  const figures = [];
  for (const [name, asked] of kinds) {
    const times: number[] = [];
    for (let index = 0; index < PAGES; index += 1) {
      const start = process.hrtime.bigint();
      await accounts.page({ limit: LIMIT, ...asked(index) });
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    figures.push({ name: `search: ${name}, p99`, value: percentile(times, 0.99) });
  }
  return figures;
}

async function deepInto(accounts: AccountDirectory, asked: object): Promise<string> {
  let after: string | undefined;
  for (let page = 0; page < DEEP; page += 1) {
    ({ next: after } = await accounts.page({ limit: 200, ...asked, ...(after !== undefined && { after }) }));
  }
  return after ?? '';
}

async function* batches(): AsyncIterable<ImportBatch> {
  const organizations = Array.from({ length: OFFICES }, (_, index) => ({
    id: `office-${index}`,
    code: `OFFICE${index}`,
    name: `Office ${index}`,
    secondFactorRequired: true,
    firstSetUp: 'open' as const,
    permitsWaived: false,
    numberChange: true,
    passkeysCountAsBoth: true,
  }));
  yield { organizations, accounts: [], clients: [] };
  for (let start = 0; start < ACCOUNTS; start += 500) {
    const accounts = Array.from({ length: 500 }, (_, index) => person(start + index));
    yield { organizations: [], accounts, clients: [] };
  }
}

function person(index: number): ImportedAccount {
  const givenName = given[index % given.length] ?? '';
  const familyName = family[Math.floor(index / given.length) % family.length] ?? '';
  return {
    account: {
      id: `person-${(index * 7_919) % ACCOUNTS}`,
      organization: `office-${index % OFFICES}`,
      username: `user${index}`,
      disabled: false,
      epoch: 0,
      secondFactorRequired: false,
      roles: [],
      groups: [],
      profile: {
        name: `${givenName} ${familyName}`,
        givenName,
        familyName,
        email: `${givenName}.${index}@example.org`.toLowerCase(),
        emailVerified: true,
      },
    },
    enrolments: [],
  };
}
