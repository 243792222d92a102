import { openDatabase } from '../../../../src/assembly/stores.ts';
import type { Client } from '../../../../src/domain/client.ts';
import { scopes } from '../../../../src/flows/administration/scopes.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '../../../support/identity-provider.ts';
import { Phones } from '../../../support/phones.ts';
import { offices, people } from '../../../support/seed.ts';
import { type Pair, testConfig } from '../../../support/world.ts';

export const SECRET = 'the secret of a service, long enough for one';

/** A Sluis with two offices (`devries`, `molen`), and services that administer it. */
export interface ApiWorld {
  readonly idp: RunningIdentityProvider;
  /** Registers a service, or registers it anew. */
  register(id: string, more?: Partial<Client>): Promise<void>;
  /** Takes a service away. */
  remove(id: string): Promise<void>;
  /** A token of a registered service. @param scope all that there are, unless it is said */
  token(id: string, scope?: string): Promise<string>;
  /** One request; the token goes in the header. */
  ask(path: string, asked?: Asked): Promise<ApiAnswer>;
  /** Works on the stores beneath. */
  stores: ReturnType<typeof openDatabase>;
  close(): Promise<void>;
}

export interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Answered;
}

/** What tests look at, of whatever was answered. */
export interface Answered {
  readonly id?: string;
  readonly code?: string;
  readonly name?: string;
  readonly version?: number;
  readonly type?: string;
  readonly items?: readonly Answered[];
  readonly next?: string;
  readonly faults?: readonly { readonly field: string; readonly reason: string }[];
  readonly client?: Answered;
  readonly account?: Answered;
  readonly openapi?: string;
  readonly paths?: Readonly<Record<string, object>>;
}

export const [devries, molen] = ['devries', 'molen'];

export async function openApiWorld(pair: Pair, settings: object = {}): Promise<ApiWorld> {
  const [first, second] = offices;
  const idp = await startIdentityProvider(pair, {
    // The clock stands still: every request of a test is in the same minute.
    settings: { methods: ['totp', 'sms'], api: { limit: { most: 100_000, within: '1m' } }, ...settings },
    parts: { smsGateway: new Phones(), mailer: { name: 'nowhere', send: async () => {} } },
    lines: [
      { ...first, id: devries },
      { ...second, id: molen },
      ...people.map((one) => ({ ...one, id: one.username })),
    ],
  });
  const config = testConfig({ issuer: idp.issuer, ...idp.settings });
  const stores = openDatabase(config, { clock: idp.clock, threadPool: 4 });
  const world: ApiWorld = {
    idp,
    stores,
    async register(id, more = {}) {
      await stores.clients.save({
        id,
        name: id,
        secret: SECRET,
        firstParty: false,
        pkceRequired: true,
        metadata: { grant_types: ['client_credentials'], scope: scopes.join(' ') },
        administers: {},
        ...more,
      });
      idp.clock.advance(2_000);
    },
    async remove(id) {
      await stores.database.kysely.deleteFrom('clients').where('id', '=', id).execute();
      idp.clock.advance(1_000);
    },
    async token(id, scope = scopes.join(' ')) {
      const answer = await fetch(`${idp.issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(SECRET)}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      });
      const { access_token: token, error } = (await answer.json()) as { access_token?: string; error?: string };
      if (token === undefined) throw new Error(`no token: ${error}`);
      return token;
    },
    async ask(path, { method = 'GET', token, body, headers = {} } = {}) {
      const answer = await fetch(`${idp.issuer}/api/v1${path}`, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) };
    },
    async close() {
      await stores.database.close();
      await idp.close();
    },
  };
  return world;
}
