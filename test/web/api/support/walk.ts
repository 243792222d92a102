import type { Route } from '../../../../src/web/api/route.ts';
import { routes } from '../../../../src/web/api/routes.ts';
import { type ApiAnswer, type ApiWorld, molen } from './service.ts';

/** What was learnt on the way. */
interface Known {
  /** The last `ETag`. */
  version: string;
  client: string;
  account: string;
  key: string;
}

/** One request for each route that goes well, in an order in which each finds what it needs. */
const steps: readonly [act: string, path: (known: Known) => string, body?: object][] = [
  ['organization.list', () => '/organizations?limit=1&prefix=mo'],
  ['organization.create', () => '/organizations', { code: 'NEW', name: 'New office', methods: ['totp'] }],
  ['organization.readiness', () => `/organizations/${molen}/readiness`],
  ['organization.show', () => `/organizations/${molen}`],
  ['organization.change', () => `/organizations/${molen}`, { numberChange: false, contact: { nl: 'Bel Anna.' } }],
  ['client.list', () => '/clients?prefix=cl'],
  [
    'client.create',
    () => '/clients',
    { name: 'App', kind: 'web', metadata: { redirect_uris: ['https://app.example/cb'] } },
  ],
  ['client.show', ({ client }) => `/clients/${client}`],
  ['client.recipes', ({ client }) => `/clients/${client}/recipes`],
  ['client.change', ({ client }) => `/clients/${client}`, { description: { en: 'For invoices.' } }],
  ['client.rotate-secret', ({ client }) => `/clients/${client}/secret`, { overlap: 3 }],
  ['client.end-former-secret', ({ client }) => `/clients/${client}/former-secret`],
  ['client.remove', ({ client }) => `/clients/${client}`],
  ['account.list', () => `/accounts?organization=${molen}&prefix=mi`],
  [
    'account.create',
    () => '/accounts',
    { username: 'newcomer', organization: molen, roles: ['accountant'], locale: 'nl', invite: 'none' },
  ],
  ['account.show', ({ account }) => `/accounts/${account}`],
  ['account.change', ({ account }) => `/accounts/${account}`, { name: 'Nieuw Persoon', email: null }],
  ['account.invite', ({ account }) => `/accounts/${account}/invitation`, { by: 'link' }],
  ['account.start-password-reset', () => '/accounts/noor/password-reset'],
  ['account.set-phone', () => '/accounts/mila/phone', { number: '06 12345678', country: 'NL' }],
  ['account.remove-phone', () => '/accounts/mila/phone'],
  ['account.give-permit', () => '/accounts/mila/permit'],
  ['account.reset-factors', () => '/accounts/teun/factor-reset'],
  ['account.lift-block', () => '/accounts/teun/block'],
  ['account.end-sessions', () => '/accounts/teun/sessions'],
  ['account.export', ({ account }) => `/accounts/${account}/data`],
  ['account.show', ({ account }) => `/accounts/${account}`],
  ['account.erase', ({ account }) => `/accounts/${account}`],
  ['key.list', () => '/keys'],
  ['key.rotate', () => '/keys', { algorithm: 'ES256' }],
  ['key.withdraw', ({ key }) => `/keys/${key}`],
  ['audit.list', () => '/audit/events?type=account.&limit=2'],
  ['audit.verify', () => '/audit/verification'],
  ['system.test-mail', () => '/system/test-mail', { to: 'noor@devries.example' }],
  ['system.test-sms', () => '/system/test-sms', { number: '+31612345678' }],
];

/** Asks for every step, with the version that was told last. */
export async function walk(
  world: ApiWorld,
  token: string,
  look: (route: Route, answer: ApiAnswer) => void,
): Promise<void> {
  const known: Known = { version: '"1"', client: '', account: '', key: '' };
  for (const [name, path, body] of steps) {
    const route = routes.find(({ act }) => act.name === name);
    if (route === undefined) throw new Error(`no route for ${name}`);
    const headers = { 'if-match': known.version };
    const asked = { method: route.method.toUpperCase(), token, headers, ...(body && { body }) };
    const answer = await world.ask(path(known), asked);
    look(route, answer);
    known.version = answer.headers.get('etag') ?? known.version;
    if (name === 'account.create') known.account = String(answer.body.account?.id);
    if (name === 'key.rotate') known.key = String(answer.body.id);
    if (name === 'client.create') known.client = String(answer.body.client?.id);
  }
}
