import type { Locale } from '../../src/domain/locale.ts';
import type { OwnPart } from '../../src/web/own-part.ts';
import type { Page } from '../../src/web/page.ts';
import type { Sample } from './page-samples.ts';

const DAY = 86_400_000;
const AT = Date.UTC(2031, 4, 12, 12, 20);

/** The pages about somebody's own account. */
export function accountSamples(locale: Locale): readonly Sample[] {
  const base: Page = {
    locale,
    languages: [
      { locale: 'en', href: '?lang=en' },
      { locale: 'nl', href: '?lang=nl' },
    ],
    person: { username: 'j.bakker@devries.example', name: 'Jo Bakker' },
    bound: 'c2lnbmVk',
    organization: { name: 'De Vries' },
  };
  const links = { home: '/account', signOut: '/session/end' };
  const sample = (name: string, own: Partial<OwnPart>): Sample => ({
    name: `account-${name}`,
    view: `account/${name.split('-')[0]}`,
    page: { ...base, own: { ...links, ...own } },
  });
  const profile = {
    username: 'j.bakker@devries.example',
    name: 'Jo Bakker',
    office: 'De Vries',
    email: 'j.bakker@devries.example',
    emailVerified: true,
  };
  const common = { nameable: false, single: true, switchedOff: false, preferred: false, needed: false };
  const app = { ...common, id: 'a', factor: 'totp', createdAt: AT - 90 * DAY, lastUsedAt: AT, preferred: true };
  const phone = { ...common, id: 's', factor: 'sms', description: '+31 6 •••• ••78', createdAt: AT - 400 * DAY };
  const key = { ...common, id: 'k', factor: 'security-key', nameable: true, single: false, createdAt: AT - 9 * DAY };
  const several = {
    held: [
      phone,
      app,
      { ...key, name: 'YubiKey on my key ring', lastUsedAt: AT - DAY },
      { ...key, id: 'l', switchedOff: true },
    ],
    offered: ['security-key', 'passkey'],
    codesLeft: 5,
  };
  const demanded = {
    held: [{ ...app, needed: true }],
    offered: ['sms', 'security-key'],
    codesLeft: 1,
    demanded: 'organization',
  } as const;
  const here = {
    uid: 'one',
    here: true,
    signedInAt: AT,
    usedAt: AT,
    address: '192.0.2.1',
    device: { browser: 'Firefox', system: 'Windows' },
    applications: ['Invoices', 'Payroll'],
  };
  const device = { rememberedAt: AT - 9 * DAY, usedAt: AT, until: AT + 21 * DAY };
  return [
    sample('overview', { profile, language: 'nl', factors: several, password: true, email: true }),
    sample('sessions', {
      sessions: [
        here,
        {
          uid: 'two',
          here: false,
          signedInAt: AT - DAY,
          usedAt: AT - DAY / 2,
          address: '2001:db8:1:2::/64',
          device: {},
          applications: [],
        },
      ],
    }),
    sample('applications', {
      applications: [
        {
          id: 'invoices',
          client: { name: 'Invoices', uri: 'https://invoices.example' },
          firstParty: true,
          scopes: ['openid', 'profile', 'email', 'organization'],
          since: AT - 30 * DAY,
          usedAt: AT,
        },
        {
          id: 'planner',
          client: { name: 'A planner of somebody else with a remarkably long name' },
          firstParty: false,
          scopes: ['openid', 'offline_access'],
          since: AT - DAY,
          usedAt: AT - DAY,
        },
      ],
    }),
    sample('applications-none', { applications: [] }),
    sample('sessions-devices', {
      sessions: [here],
      devices: [
        { ...device, id: 'd', here: true, address: '192.0.2.1', device: { browser: 'Firefox', system: 'Windows' } },
        { ...device, id: 'e', here: false, device: {} },
      ],
    }),
    sample('sessions-devices-none', { sessions: [here], devices: [] }),
    sample('activity', {
      activity: {
        events: [
          { at: AT, type: 'sign-in.finished', client: 'Invoices', address: '192.0.2.1' },
          { at: AT - DAY, type: 'factor.enrolled', factor: 'totp', address: '2001:db8:1:2::/64' },
          { at: AT - DAY, type: 'recovery.used', client: 'Payroll', factor: 'recovery-code' },
          { at: AT - DAY, type: 'sign-in.blocked' },
        ],
        before: '0198c1e26f0a',
      },
    }),
    { ...sample('password', {}), page: { ...base, own: links, show: { shortest: 12 } } },
    {
      ...sample('password-wrong', {}),
      page: { ...base, own: links, show: { shortest: 12 }, problem: { code: 'wrong', field: 'old' } },
    },
    {
      ...sample('email', {}),
      page: { ...base, own: links, show: { address: 'j.bakker@devries.example', emailVerified: true } },
    },
    {
      ...sample('email-pending', {}),
      page: {
        ...base,
        own: { ...links, said: 'mailed' },
        show: { address: 'j.bakker@devries.example', emailVerified: true, pending: 'jo@bakker.example' },
      },
    },
    {
      ...sample('email-malformed', {}),
      page: {
        ...base,
        own: links,
        show: { emailVerified: false },
        typed: { email: 'jo at home' },
        problem: { code: 'malformed', field: 'email' },
      },
    },
    sample('data', {}),
    {
      name: 'email-confirm',
      view: 'email/confirm',
      page: { ...base, show: { address: 'jo@bakker.example' }, token: 'c2VjcmV0' },
    },
    { name: 'email-over', view: 'email/over', page: { ...base, leadsTo: '/account' } },
    { name: 'email-changed', view: 'email/changed', page: { ...base, leadsTo: '/account' } },
    sample('activity-none', { activity: { events: [] } }),
    sample('methods', { factors: several }),
    sample('methods-demanded', { factors: demanded, said: 'choose' }),
    sample('methods-none', { factors: { held: [], offered: ['totp', 'sms'] } }),
    sample('overview-changed', {
      profile,
      factors: { held: [], offered: ['totp'] },
      language: 'automatic',
      said: 'saved',
    }),
    sample('overview-foreign', { profile: { username: 'jo', emailVerified: false } }),
  ];
}
