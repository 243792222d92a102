import type { Account } from '../../../src/domain/account.ts';
import type { Client } from '../../../src/domain/client.ts';
import type { Organization } from '../../../src/domain/organization.ts';
import type { AccountSource, Clients, Organizations } from '../../../src/domain/ports.ts';

export const office: Organization = {
  id: 'o1',
  code: 'north',
  name: 'Office North',
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
};

export const anna: Account = {
  id: 'anna',
  organization: 'o1',
  username: 'anna',
  disabled: false,
  epoch: 1,
  locale: 'nl',
  secondFactorRequired: false,
  roles: ['superuser'],
  groups: ['finance'],
  profile: {
    name: 'Anna de Vries',
    givenName: 'Anna',
    familyName: 'de Vries',
    email: 'anna@example.com',
    emailVerified: true,
  },
};

export const bert: Account = {
  ...anna,
  id: 'bert',
  username: 'bert',
  roles: [],
  groups: [],
  profile: { emailVerified: false },
};

/** Accounts that a test can change. */
export class People implements AccountSource {
  readonly accounts = new Map<string, Account>([anna, bert].map((account) => [account.id, account]));

  async byId(id: string): Promise<Account | undefined> {
    return this.accounts.get(id);
  }

  async byName(name: string): Promise<Account | undefined> {
    return [...this.accounts.values()].find(({ username }) => username === name);
  }

  async verifyPassword(): Promise<boolean> {
    return false;
  }
}

export const organizations: Organizations = {
  byId: async (id) => (id === office.id ? office : undefined),
  byCode: async () => office,
  howMany: async () => 1,
  save: async () => undefined,
};

/** Clients that a test can change; counts how often it is asked. */
export class Registrations implements Clients {
  readonly clients: Map<string, Client>;
  reads = 0;

  constructor(clients: readonly Client[]) {
    this.clients = new Map(clients.map((client) => [client.id, client]));
  }

  async byId(id: string): Promise<Client | undefined> {
    this.reads += 1;
    return this.clients.get(id);
  }

  async save(client: Client): Promise<void> {
    this.clients.set(client.id, client);
  }
}
