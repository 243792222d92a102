import { PASSWORD, TOTP_KEY } from './seed.ts';

/** Numbers that exist on paper. */
export const KEES = '+31612345678';
export const LOTTE = '+32470123456';
export const DAAN = '+31687654321';
export const RUUD = '+31653123456';
export const FENNA = '+31653234567';
export const HUGO = '+31653345678';
export const GIJS = '+31653456789';
export const WIM = '+31653567890';

const person = (username: string, more: object) => ({
  type: 'account',
  organization: 'DEVRIES',
  username,
  password: PASSWORD,
  ...more,
});

const app = { totp: { key: TOTP_KEY } };

/** People with phones; the office of all of them but `piet`'s insists on a second factor. */
export const phonePeople = [
  // Have no number.
  person('sanne', { name: 'Sanne Vos' }),
  person('bea', { name: 'Bea Dekker' }),
  person('iris', { name: 'Iris Jansen' }),
  person('otto', { name: 'Otto Visser' }),
  // Has a number that staff entered.
  person('kees', { name: 'Kees Bos', phoneNumber: KEES }),
  // Have a confirmed number.
  person('ruud', { name: 'Ruud Smeets', phoneNumber: RUUD, phoneNumberVerified: true }),
  person('lotte', { name: 'Lotte Peeters', phoneNumber: LOTTE, phoneNumberVerified: true, locale: 'nl' }),
  // Have a confirmed number, and an app.
  person('daan', { name: 'Daan Kok', phoneNumber: DAAN, phoneNumberVerified: true, factors: app }),
  person('fenna', { name: 'Fenna Bakker', phoneNumber: FENNA, phoneNumberVerified: true, factors: app }),
  person('hugo', { name: 'Hugo Visser', phoneNumber: HUGO, phoneNumberVerified: true, factors: app }),
  // Has a number that staff entered and nobody else may change.
  { type: 'organization', code: 'STRICT', name: 'Strict BV', secondFactorRequired: true, numberChange: false },
  person('piet', { name: 'Piet Kuiper', organization: 'STRICT', phoneNumber: KEES }),
  // Their office takes no codes by text message.
  { type: 'organization', code: 'APPS', name: 'Apps BV', secondFactorRequired: true, methods: ['totp'] },
  person('vera', { name: 'Vera Prins', organization: 'APPS' }),
  person('gijs', { name: 'Gijs Maas', organization: 'APPS', phoneNumber: GIJS, phoneNumberVerified: true }),
  // Their office takes nothing else.
  { type: 'organization', code: 'PHONES', name: 'Phones BV', secondFactorRequired: true, methods: ['sms'] },
  person('ella', { name: 'Ella Groot', organization: 'PHONES', phoneNumber: KEES, factors: app }),
  // Whose factors were taken away may set up others without a permit.
  { type: 'organization', code: 'WAIVED', name: 'Waived BV', secondFactorRequired: true, permitsWaived: true },
  person('wim', { name: 'Wim Post', organization: 'WAIVED', phoneNumber: WIM, phoneNumberVerified: true }),
  // Before anything is set up, somebody has to allow it.
  { type: 'organization', code: 'PERMIT', name: 'Permit BV', secondFactorRequired: true, firstSetUp: 'permit' },
  person('joost', { name: 'Joost Mol', organization: 'PERMIT', phoneNumber: KEES }),
  person('nina', { name: 'Nina Blom', organization: 'PERMIT' }),
] as const;
