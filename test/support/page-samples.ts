import type { Locale } from '../../src/domain/locale.ts';
import { docsOf } from '../../src/web/api/docs.ts';
import { routes } from '../../src/web/api/routes.ts';
import type { Page, View } from '../../src/web/page.ts';
import { accountSamples } from './account-samples.ts';
import { adminSamples } from './admin-samples.ts';

/** One state of one view, as a handler would show it. */
export interface Sample {
  /** Unique, and fit for a file name. */
  readonly name: string;
  readonly view: View;
  readonly page: Page;
}

/** The moment at which the samples are shown. */
export const SAMPLE_TIME = Date.UTC(2031, 4, 12, 12, 20);

const codes = ['4821 9034', '7716 2250', '0938 4417', '5561 8092', '2207 6613', '8840 1175'];
const uri =
  'otpauth://totp/Kantoor%20De%20Vries:j.bakker%40devries.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Kantoor%20De%20Vries';
const key = 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP';

const callingCodes = {
  NL: '31',
  BE: '32',
  DE: '49',
  FR: '33',
  GB: '44',
  LU: '352',
  AT: '43',
  CH: '41',
  DK: '45',
  ES: '34',
};

const apiAddresses = { api: 'https://id.example.com/api/v1', token: 'https://id.example.com/token' };

/** Every view, in every state that looks different. */
export function samples(locale: Locale): readonly Sample[] {
  const base: Page = {
    locale,
    languages: [
      { locale: 'en', href: '?lang=en' },
      { locale: 'nl', href: '?lang=nl' },
    ],
    client: { name: 'Invoices' },
    links: { cannotSignIn: '/cannot-sign-in' },
    cancel: true,
  };
  const known: Page = {
    ...base,
    person: { username: 'j.bakker@devries.example', name: 'Jo Bakker' },
    bound: 'c2lnbmVk',
    organization: {
      name: 'De Vries',
      reason: {
        en: 'Invoices holds personal data of our clients. That is why we ask for a second step.',
        nl: 'In Invoices staan persoonsgegevens van onze klanten. Daarom vragen we een tweede stap.',
      },
      contact: {
        en: 'Call Anna at the front desk: 020 555 01 23.',
        nl: 'Bel Anna van de receptie: 020 555 01 23.',
      },
    },
  };
  const sample = (name: string, view: View, page: Partial<Page>, from: Page = known): Sample => ({
    name,
    view,
    page: { ...from, ...page },
  });
  const { client: _none, ...nobody } = base;
  const deviceForm = { action: '/device', xsrf: 'x' };
  const identify: Partial<Page> = { step: 'identify', show: { askOffice: true }, offerStay: true };
  const totp: Partial<Page> = { step: 'prove:totp', factor: 'totp', show: { digits: 6 }, others: ['recovery-code'] };
  const enrolTotp: Partial<Page> = {
    step: 'enrol:totp',
    factor: 'totp',
    show: { uri, key, digits: 6 },
    others: ['recovery-code'],
    position: 2,
  };
  const asking: Partial<Page> = { links: { back: '/interaction/abc' }, cancel: false };
  const newPassword = {
    show: { token: 'abc', kind: 'reset', shortest: 12, longest: 128, about: ['Bakker'] },
  };
  const webauthn = { options: { challenge: 'AAAA', rpId: 'localhost', allowCredentials: [] } };
  const securityKey: Partial<Page> = {
    step: 'prove:security-key',
    factor: 'security-key',
    show: { ...webauthn, keys: [{ name: 'YubiKey 5 NFC', lastUsedAt: SAMPLE_TIME - 86_400_000 }, {}] },
    others: ['totp', 'recovery-code'],
    another: 'possible',
  };
  const enrolKey: Partial<Page> = {
    step: 'enrol:security-key',
    factor: 'security-key',
    show: { asked: 'key', number: 1, ...webauthn },
    others: ['totp'],
    position: 2,
  };
  const passkey: Partial<Page> = { step: 'enrol:passkey', factor: 'passkey', show: webauthn, optional: true };
  const choose: Partial<Page> = { step: 'choose', between: ['totp', 'recovery-code'], position: 2 };
  const keep: Partial<Page> = { step: 'keep-codes', show: { codes, format: '6x8' }, position: 3 };

  const smsEnrol: Partial<Page> = { step: 'enrol:sms', factor: 'sms', others: ['totp'], position: 2 };
  const askNumber = {
    ask: 'number',
    first: 6,
    countries: Object.entries(callingCodes).map(([code, calling]) => ({ code, calling })),
  };
  const confirm = { ask: 'confirm', number: '+31 6 12345678' };
  const askCode = { ask: 'code', number: '+31 6 12345678', resendAt: SAMPLE_TIME + 25_000, mayChange: true };
  const smsProve: Partial<Page> = {
    step: 'prove:sms',
    factor: 'sms',
    show: { number: '+31 6 •••• ••78', ending: '78', resendAt: SAMPLE_TIME + 25_000 },
    others: ['totp', 'recovery-code'],
  };

  return [
    sample('identify', 'factors/password/identify', identify, base),
    sample('identify-plain', 'factors/password/identify', { step: 'identify', show: { askOffice: false } }, base),
    sample(
      'identify-remembered',
      'factors/password/identify',
      {
        ...identify,
        remembered: { username: 'j.bakker@devries.example', office: 'DEVRIES', remember: true },
        links: { cannotSignIn: '/cannot-sign-in', forgottenPassword: '/password' },
      },
      base,
    ),
    sample(
      'identify-wrong',
      'factors/password/identify',
      { ...identify, remembered: { username: 'j.bakker', office: 'DEVRIES' }, problem: { code: 'wrong' } },
      base,
    ),
    sample(
      'identify-empty',
      'factors/password/identify',
      { ...identify, remembered: { username: 'j.bakker' }, problem: { code: 'malformed', field: 'password' } },
      base,
    ),
    sample(
      'identify-throttled',
      'factors/password/identify',
      { ...identify, remembered: { username: 'j.bakker' }, problem: { code: 'throttled', values: { seconds: 8 } } },
      base,
    ),
    sample('introduce', 'interaction/introduce', { step: 'introduce', position: 1 }),
    sample('choose', 'interaction/choose', { ...choose, chosen: 'totp' }),
    sample('choose-nothing', 'interaction/choose', { ...choose, problem: { code: 'malformed', field: 'factor' } }),
    sample('totp-enrol', 'factors/totp/enrol', enrolTotp),
    sample('totp-enrol-wrong', 'factors/totp/enrol', { ...enrolTotp, problem: { code: 'wrong' }, triesLeft: 2 }),
    sample('identify-passkey', 'factors/password/identify', { ...identify, alongside: { passkey: webauthn } }, base),
    sample(
      'identify-passkey-refused',
      'factors/password/identify',
      { ...identify, alongside: { passkey: webauthn }, problem: { code: 'refused', by: 'passkey' } },
      base,
    ),
    sample('password-prove', 'factors/password/prove', { step: 'prove:password', factor: 'password', show: {} }),
    sample('security-key-enrol', 'factors/security-key/enrol', enrolKey),
    sample('security-key-enrol-refused', 'factors/security-key/enrol', {
      ...enrolKey,
      problem: { code: 'refused', detail: 'authenticator' },
    }),
    sample('security-key-name', 'factors/security-key/enrol', {
      ...enrolKey,
      show: { asked: 'name', number: 1, proposed: 'YubiKey 5 NFC' },
    }),
    sample('security-key-another', 'factors/security-key/enrol', {
      ...enrolKey,
      show: { ...enrolKey.show, number: 2 },
      others: [],
      optional: true,
    }),
    sample('security-key-prove', 'factors/security-key/prove', securityKey),
    sample('security-key-prove-remember', 'factors/security-key/prove', { ...securityKey, rememberDays: 7 }),
    sample('security-key-prove-copied', 'factors/security-key/prove', {
      ...securityKey,
      problem: { code: 'refused', detail: 'counter' },
    }),
    sample('security-key-prove-wanted', 'factors/security-key/prove', { ...securityKey, another: 'wanted' }),
    sample('passkey-offer', 'interaction/offer', { step: 'offer:passkey', factor: 'passkey' }),
    sample('passkey-enrol', 'factors/passkey/enrol', passkey),
    sample('passkey-prove', 'factors/passkey/prove', {
      step: 'prove:passkey',
      factor: 'passkey',
      show: { ...webauthn, keys: [{ name: 'iCloud Keychain', lastUsedAt: SAMPLE_TIME }] },
      another: 'possible',
      others: ['recovery-code'],
    }),
    sample('codes', 'factors/recovery-code/enrol', keep),
    sample('codes-alone', 'factors/recovery-code/enrol', {
      ...keep,
      show: { codes: ['1234 - 5678 - 9012 - 3456'], format: '1x16' },
    }),
    sample('codes-unkept', 'factors/recovery-code/enrol', { ...keep, problem: { code: 'malformed', field: 'kept' } }),
    sample('totp-prove', 'factors/totp/prove', totp),
    sample('totp-prove-remember', 'factors/totp/prove', { ...totp, rememberDays: 30 }),
    sample('totp-prove-wrong', 'factors/totp/prove', { ...totp, problem: { code: 'wrong' }, triesLeft: 1 }),
    sample('totp-prove-stale', 'factors/totp/prove', { ...totp, problem: { code: 'stale' } }),
    sample('recovery-code-prove', 'factors/recovery-code/prove', {
      step: 'prove:recovery-code',
      factor: 'recovery-code',
      show: { format: '6x8' },
      others: ['totp'],
    }),
    sample('recovery-code-prove-wrong', 'factors/recovery-code/prove', {
      step: 'prove:recovery-code',
      factor: 'recovery-code',
      show: { format: '1x20' },
      others: ['totp'],
      problem: { code: 'wrong' },
      triesLeft: 2,
    }),
    sample('sms-number', 'factors/sms/enrol', { ...smsEnrol, show: askNumber }),
    sample('sms-number-wrong', 'factors/sms/enrol', {
      ...smsEnrol,
      show: askNumber,
      typed: { number: '020 555 01 23', country: 'BE' },
      problem: { code: 'malformed', field: 'number', detail: 'number-fixed' },
    }),
    sample('sms-confirm', 'factors/sms/enrol', { ...smsEnrol, show: { ...confirm, mayChange: true } }),
    sample('sms-confirm-fixed', 'factors/sms/enrol', {
      ...smsEnrol,
      show: { ...confirm, mayChange: false },
      problem: { code: 'malformed', detail: 'number-country-not-allowed' },
    }),
    sample('sms-code', 'factors/sms/enrol', { ...smsEnrol, show: askCode }),
    sample('sms-code-wrong', 'factors/sms/enrol', {
      ...smsEnrol,
      show: askCode,
      problem: { code: 'wrong' },
      triesLeft: 2,
    }),
    sample('sms-code-unsent', 'factors/sms/enrol', {
      ...smsEnrol,
      show: askCode,
      problem: { code: 'undelivered', detail: 'undelivered-refused' },
    }),
    sample('sms-code-unsent-alone', 'factors/sms/enrol', {
      ...smsEnrol,
      show: { ...askCode, mayChange: false },
      others: [],
      problem: { code: 'undelivered', detail: 'undelivered-unreachable' },
    }),
    sample('sms-prove', 'factors/sms/prove', smsProve),
    sample('sms-prove-remember', 'factors/sms/prove', {
      ...smsProve,
      rememberDays: 1,
      problem: { code: 'wrong' },
      typed: { device: 'on' },
    }),
    sample('sms-prove-later', 'factors/sms/prove', { ...smsProve, show: { ...smsProve.show, resendAt: SAMPLE_TIME } }),
    sample('sms-prove-too-soon', 'factors/sms/prove', {
      ...smsProve,
      problem: { code: 'refused', detail: 'too-soon', values: { seconds: 18 } },
    }),
    sample('sms-prove-unsent', 'factors/sms/prove', {
      ...smsProve,
      problem: { code: 'undelivered', detail: 'undelivered-limited' },
    }),
    sample('locked', 'interaction/locked', { step: 'locked', until: SAMPLE_TIME + 15 * 60_000 }),
    sample('locked-reset', 'interaction/locked', {
      step: 'locked',
      until: SAMPLE_TIME + 15 * 60_000,
      links: { forgottenPassword: '/password' },
    }),
    sample('announce', 'interaction/announce', { step: 'announce', until: SAMPLE_TIME + 14 * 24 * 3_600_000 }),
    sample('codes-low', 'interaction/codes-low', { step: 'codes-low', left: 2 }),
    sample('codes-none', 'interaction/codes-low', { step: 'codes-low', left: 0 }),
    sample('consent', 'interaction/consent', {
      step: 'consent',
      scopes: ['openid', 'profile', 'email', 'offline_access', 'ledger:read'],
      client: {
        name: 'Invoices',
        description: {
          en: 'Send invoices from your own bookkeeping.',
          nl: 'Facturen sturen uit je eigen boekhouding.',
        },
        policy: 'https://invoices.example/privacy',
        terms: 'https://invoices.example/terms',
      },
    }),
    sample('refused-stale', 'interaction/refused', { step: 'refused', refusal: 'stale' }),
    sample('refused-organization', 'interaction/refused', {
      step: 'refused',
      refusal: 'organization',
      leadsTo: 'https://invoices.example/',
    }),
    sample('permit', 'interaction/permit', { step: 'permit', show: {} }),
    sample('permit-mail', 'interaction/permit', { step: 'permit', show: { mail: 'possible' } }),
    sample('permit-mailed', 'interaction/permit', { step: 'permit', show: { mail: 'sent' } }),
    sample('permit-wrong', 'interaction/permit', {
      step: 'permit',
      show: { mail: 'possible' },
      problem: { code: 'wrong', field: 'permit' },
      triesLeft: 2,
    }),
    sample('permit-link', 'permit', { state: 'offered', token: 'abc', cancel: false }, base),
    sample(
      'permit-link-given',
      'permit',
      { state: 'given', leadsTo: 'https://invoices.example/', cancel: false },
      base,
    ),
    sample('permit-link-void', 'permit', { state: 'void', cancel: false }, base),
    sample('reset', 'factors/recovery-code/reset', { step: 'reset', show: { format: '6x8' } }),
    sample('reset-wrong', 'factors/recovery-code/reset', {
      step: 'reset',
      show: { format: '1x20' },
      problem: { code: 'wrong' },
      triesLeft: 1,
    }),
    sample('identify-after-reset', 'factors/password/identify', { ...identify, notice: 'reset' }, base),
    sample('identify-before-reset', 'factors/password/identify', { ...identify, detour: 'reset' }, base),
    sample('switched-off', 'factors/recovery-code/prove', {
      step: 'prove:recovery-code',
      factor: 'recovery-code',
      show: { format: '6x8' },
      others: [],
      switchedOff: ['totp'],
      mayReset: true,
    }),
    sample('totp-prove-may-reset', 'factors/totp/prove', { ...totp, mayReset: true }),
    sample('refused-switched-off', 'interaction/refused', { step: 'refused', refusal: 'switched-off' }),
    sample('finish', 'interaction/finish', { leadsTo: '/auth/abc', cancel: false, languages: [] }),
    sample('restart', 'interaction/restart', { cancel: false, leadsTo: 'https://invoices.example/login' }, base),
    sample('restart-unknown', 'interaction/restart', { locale }, { locale }),
    sample('forgotten-password', 'password/forgotten', { ...asking, show: { askOffice: true } }, base),
    sample(
      'forgotten-password-empty',
      'password/forgotten',
      { ...asking, show: { askOffice: false }, problem: { code: 'malformed', field: 'username' } },
      base,
    ),
    sample('forgotten-password-sent', 'password/sent', asking, base),
    sample('new-password', 'password/new', { ...newPassword, cancel: false }),
    sample('new-password-first', 'password/new', {
      ...newPassword,
      show: { ...newPassword.show, kind: 'invitation' },
      cancel: false,
    }),
    sample('new-password-weak', 'password/new', {
      ...newPassword,
      cancel: false,
      problem: { code: 'weak', field: 'password' },
    }),
    sample('new-password-breached', 'password/new', {
      ...newPassword,
      cancel: false,
      problem: { code: 'breached', field: 'password' },
    }),
    sample('new-password-throttled', 'password/new', {
      ...newPassword,
      cancel: false,
      problem: { code: 'throttled', values: { seconds: 8 } },
    }),
    sample(
      'password-link-over',
      'password/over',
      { links: { forgottenPassword: '/forgotten-password' }, cancel: false },
      base,
    ),
    sample('password-chosen', 'password/chosen', { leadsTo: '/sign-in', cancel: false }, base),
    sample('password-chosen-alone', 'password/chosen', { cancel: false }, { locale, languages: base.languages ?? [] }),
    sample('cannot-sign-in', 'cannot-sign-in', { cancel: false }, base),
    sample(
      'cannot-sign-in-reset',
      'cannot-sign-in',
      { cancel: false, links: { forgottenPassword: '/password', lostFactor: '/second-factor', back: '/back' } },
      base,
    ),
    sample(
      'sign-out',
      'sign-out',
      {
        cancel: false,
        form: '<form id="op.logoutForm" method="post" action="/session/end/confirm"><input type="hidden" name="xsrf" value="x"/></form>',
      },
      base,
    ),
    sample('signed-out', 'signed-out', { cancel: false, leadsTo: 'https://invoices.example/' }, base),
    sample('device-code', 'device/code', { cancel: false, show: deviceForm }, nobody),
    sample(
      'device-code-wrong',
      'device/code',
      { cancel: false, show: deviceForm, problem: { code: 'wrong', field: 'user_code' } },
      nobody,
    ),
    sample(
      'device-code-declined',
      'device/code',
      { cancel: false, show: deviceForm, problem: { code: 'declined', field: 'user_code' } },
      nobody,
    ),
    sample(
      'device-code-throttled',
      'device/code',
      { cancel: false, show: { action: '/device' }, problem: { code: 'throttled', values: { seconds: 30 } } },
      nobody,
    ),
    sample('device-confirm', 'device/confirm', { cancel: false, show: { ...deviceForm, code: 'WDJB-MJHT' } }, base),
    sample('device-connected', 'device/connected', { cancel: false }, nobody),
    sample('home', 'home', { cancel: false, leadsTo: '/account' }, base),
    ...accountSamples(locale),
    ...adminSamples(locale),
    sample('api', 'api', { cancel: false, api: docsOf(routes, apiAddresses) }, base),
    sample(
      'error',
      'error',
      {
        cancel: false,
        error: {
          code: 'invalid_redirect_uri',
          description: "redirect_uri did not match any of the client's registered redirect_uris",
          requestId: '0198c1e2-6f0a-7c3d-9b7e-3f2a5d1c8e44',
        },
      },
      base,
    ),
    sample('error-own', 'error', { cancel: false, error: { code: 'unavailable', requestId: '0198c1e2' } }, base),
  ];
}
