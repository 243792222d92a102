import type { Locale } from '../../src/domain/locale.ts';
import type { AdminPart } from '../../src/web/admin/part.ts';
import { sections } from '../../src/web/admin/part.ts';
import type { Page } from '../../src/web/page.ts';
import type { Sample } from './page-samples.ts';

const DAY = 86_400_000;
const AT = Date.UTC(2031, 4, 12, 12, 20);

/** The pages of the console. */
export function adminSamples(locale: Locale): readonly Sample[] {
  const base: Page = {
    locale,
    languages: [
      { locale: 'en', href: '?lang=en' },
      { locale: 'nl', href: '?lang=nl' },
    ],
    person: { username: 'bea', name: 'Bea van den Berg' },
    bound: 'c2lnbmVk',
  };
  const sample = (name: string, view: string, admin: Partial<AdminPart>): Sample => ({
    name: `admin-${name}`,
    view: `admin/${view}`,
    page: {
      ...base,
      admin: {
        home: '/admin',
        signOut: '/session/end',
        ownPage: '/account',
        role: 'administrator',
        sections,
        faults: {},
        ...admin,
      },
    },
  });
  const organization = {
    id: 'org-devries',
    code: 'DEVRIES',
    name: 'Kantoor De Vries & Dochters',
    secondFactorRequired: true,
    secondFactorFrom: AT + 9 * DAY,
    methods: ['totp'],
    firstSetUp: 'open',
    permitsWaived: false,
    numberChange: true,
    passkeysCountAsBoth: true,
    authenticators: null,
    minimumAcr: null,
    rememberedDevices: 30,
    reason: { en: 'We keep the books of other people.' },
    contact: {},
    warnings: ['one-method'],
    version: 3,
  } satisfies AdminPart['organization'];
  const common = {
    organization,
    methods: ['totp', 'sms', 'security-key'],
    acrs: ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa', 'phr'],
    roles: ['accountant', 'superuser', 'administrator'],
    scopes: ['accounts:read', 'accounts:write'],
  } as const;
  const summary = {
    id: 'a1',
    organization: 'org-devries',
    username: 'j.bakker@devries.example',
    name: 'Jo Bakker',
    email: 'j.bakker@devries.example',
    roles: ['superuser', 'accountant'],
    disabled: false,
  } satisfies NonNullable<AdminPart['people']>['items'][number];
  const person = {
    ...summary,
    givenName: 'Jo',
    familyName: 'Bakker',
    locale: 'nl',
    groups: ['bookkeeping'],
    secondFactorRequired: false,
    emailVerified: true,
    standing: {
      hasPassword: true,
      factors: [
        { factor: 'totp', name: null, createdAt: AT - 90 * DAY, lastUsedAt: AT, switchedOff: false },
        { factor: 'security-key', name: 'YubiKey', createdAt: AT - 9 * DAY, lastUsedAt: null, switchedOff: true },
      ],
      recoveryCodes: 4,
      phone: { masked: '+31 6 •••• ••78', confirmed: true },
      blockedUntil: AT + 600_000,
    },
    version: 7,
  } satisfies AdminPart['person'];
  const newcomer = {
    ...person,
    name: null,
    email: null,
    roles: [],
    disabled: true,
    standing: { hasPassword: false, factors: [], recoveryCodes: null, phone: null, blockedUntil: null },
  } satisfies AdminPart['person'];
  const client = {
    id: 'invoices',
    kind: 'web',
    name: 'Invoices',
    firstParty: true,
    minimumAcr: null,
    organizations: ['org-devries'],
    pkceRequired: true,
    description: {},
    metadata: { redirect_uris: ['https://invoices.example/callback'], grant_types: ['authorization_code'] },
    administers: null,
    hasSecret: true,
    formerSecretUntil: null,
    version: 2,
  } satisfies AdminPart['client'];
  const service = { ...client, kind: 'service', metadata: { scope: 'accounts:read' } } as const;
  const claims = {
    sub: 'a1',
    acr: 'https://refeds.org/profile/mfa',
    amr: ['pwd', 'otp', 'mfa'],
    auth_time: AT / 1_000,
    nonce: 'n'.repeat(43),
    iss: 'https://id.example',
    aud: client.id,
    exp: AT / 1_000 + 3_600,
    iat: AT / 1_000,
    name: 'Jo Bakker',
  };
  const tested = {
    outcome: 'granted',
    client: client.id,
    idToken: `eyJhbGciOiJFUzI1NiJ9.${'x'.repeat(400)}.${'y'.repeat(86)}`,
    header: { alg: 'ES256', kid: '0f6c2a1e-0b52-4a6e-9a57-1f7a35a3d1c9' },
    claims,
    userinfo: { sub: 'a1', name: 'Jo Bakker', email: 'j.bakker@devries.example' },
    scopes: ['openid', 'profile'],
  } satisfies AdminPart['tested'];
  const key = { id: '0f6c2a1e-0b52-4a6e-9a57-1f7a35a3d1c9', algorithm: 'ES256', publishedAt: AT - 90 * DAY } as const;
  return [
    sample('overview', 'overview', {}),
    sample('overview-accountant', 'overview', { role: 'accountant', sections: ['organizations', 'people'] }),
    sample('proved', 'proved', {}),
    sample('organizations', 'organizations', {
      section: 'organizations',
      organizations: {
        items: [organization, { ...organization, secondFactorRequired: false }],
        prefix: '',
        next: '?after=x',
      },
    }),
    sample('organizations-none', 'organizations', { organizations: { items: [], prefix: 'zz' } }),
    sample('new-organization', 'new-organization', {}),
    sample('organization', 'organization', {
      ...common,
      said: 'saved',
      clients: {
        items: [
          { ...client, name: 'Belastingaangifte', organizations: null },
          client,
          { ...client, name: 'Loonadministratie', organizations: ['org-devries', 'org-molen'] },
          { ...client, id: 'x'.repeat(60), name: `Planning${'splanning'.repeat(6)}`, organizations: ['org-molen'] },
        ],
        prefix: '',
        next: '?after=x',
      },
    }),
    sample('organization-accountant', 'organization', { ...common, role: 'accountant' }),
    sample('organization-confirm', 'organization', {
      ...common,
      refusal: 'confirm',
      readiness: { people: 40, withoutFactor: 12 },
      typed: { secondFactorRequired: 'yes', version: '3' },
    }),
    sample('organization-changed', 'organization', {
      ...common,
      refusal: 'changed',
      typed: { name: 'De Vries', code: 'DEVRIES', secondFactorRequired: 'yes' },
    }),
    sample('people', 'people', {
      ...common,
      people: { items: [summary, { ...summary, disabled: true }], prefix: 'bak' },
    }),
    sample('new-person', 'new-person', { ...common, faults: { username: 'taken' }, refusal: 'taken', typed: {} }),
    sample('person', 'person', { ...common, person, governs: true }),
    sample('person-new', 'person', { ...common, person: newcomer, governs: true }),
    sample('person-higher', 'person', { ...common, person, governs: false, role: 'accountant' }),
    sample('person-handed', 'person', {
      ...common,
      person,
      governs: true,
      handed: { kind: 'permit', value: 'ABCD EFGH JKLM', until: AT + DAY },
    }),
    sample('person-created', 'person-created', {
      person,
      handed: { kind: 'link', value: `https://id.example/password?token=${'x'.repeat(43)}`, until: AT + DAY },
    }),
    sample('clients', 'clients', { clients: { items: [client, service], prefix: '' } }),
    sample('new-client', 'new-client', common),
    sample('new-client-web', 'new-client', {
      ...common,
      kind: 'web',
      refusal: 'invalid',
      faults: { redirect_uris: 'redirect-fragment', name: 'missing' },
      typed: { redirect_uris: 'https://a.example/#b' },
    }),
    sample('client', 'client', { ...common, client, codes: ['DEVRIES'] }),
    sample('client-overlap', 'client', {
      ...common,
      client: { ...client, formerSecretUntil: AT + DAY },
      handed: { kind: 'secret', value: 'x'.repeat(43) },
    }),
    sample('client-service', 'client', { ...common, client: service, administersCode: 'DEVRIES' }),
    sample('recipes', 'recipes', {
      client,
      recipes: [
        {
          for: 'Express',
          file: 'app/api/auth/[...nextauth]/route.js',
          language: 'javascript',
          text: `import { auth } from 'express';\n${'auth('.repeat(40)}`,
        },
      ],
    }),
    sample('client-test', 'client-test', { client, codes: [], tested }),
    sample('client-test-refused', 'client-test', {
      client,
      codes: ['DEVRIES'],
      tested: {
        outcome: 'refused',
        client: client.id,
        error: 'access_denied',
        description: 'End-User aborted interaction',
      },
    }),
    sample('client-test-over', 'client-test', {}),
    sample('keys', 'keys', {
      keys: [
        { ...key, state: 'waiting', signsFrom: AT + 3_600_000, retiresAt: null },
        { ...key, id: `${key.id}b`, state: 'signing', signsFrom: AT - DAY, retiresAt: null },
        { ...key, id: `${key.id}c`, state: 'verifying', signsFrom: AT - 90 * DAY, retiresAt: AT + DAY },
      ],
    }),
    sample('audit', 'audit', {
      events: {
        items: [
          {
            id: '1',
            at: AT,
            type: 'organization.changed',
            actor: 'a1',
            organization: 'org-devries',
            address: '192.0.2.1',
            before: { secondFactorRequired: false },
            after: { secondFactorRequired: true },
          },
          { id: '2', at: AT - DAY, type: 'account.changed', account: 'a1', details: { factor: 'totp' }, erased: true },
        ],
        filter: { type: 'account.' },
        query: '?type=account.',
        next: '?after=1',
      },
    }),
    sample('system', 'system', {
      ownAddress: 'bea@devries.example',
      verified: { intact: true, checked: 41_233, findings: 0 },
    }),
    sample('system-broken', 'system', {
      verified: { intact: false, checked: 41_233, findings: 2 },
      refusal: 'unproved',
      prove: '/admin/prove',
    }),
  ];
}
