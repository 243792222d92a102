import { PASSWORD, TOTP_KEY } from './seed.ts';

/** Numbers that exist on paper. */
export const KEES = '+31612345678';
export const LOTTE = '+32470123456';
export const DAAN = '+31687654321';

const person = (username: string, more: object) => ({
  type: 'account',
  organization: 'DEVRIES',
  username,
  password: PASSWORD,
  ...more,
});

/** People with phones; the office of all of them but `piet`'s insists on a second factor. */
export const phonePeople = [
  // Has no number.
  person('sanne', { name: 'Sanne Vos' }),
  // Has a number that staff entered.
  person('kees', { name: 'Kees Bos', phoneNumber: KEES }),
  // Has a confirmed number.
  person('lotte', { name: 'Lotte Peeters', phoneNumber: LOTTE, phoneNumberVerified: true, locale: 'nl' }),
  // Has a confirmed number, and an app.
  person('daan', {
    name: 'Daan Kok',
    phoneNumber: DAAN,
    phoneNumberVerified: true,
    factors: { totp: { key: TOTP_KEY } },
  }),
  // Has a number that staff entered and nobody else may change.
  { type: 'organization', code: 'STRICT', name: 'Strict BV', secondFactorRequired: true, numberChange: false },
  person('piet', { name: 'Piet Kuiper', organization: 'STRICT', phoneNumber: KEES }),
  // Their office takes no codes by text message.
  { type: 'organization', code: 'APPS', name: 'Apps BV', secondFactorRequired: true, methods: ['totp'] },
  person('vera', { name: 'Vera Prins', organization: 'APPS' }),
  // Before anything is set up, somebody has to allow it.
  { type: 'organization', code: 'PERMIT', name: 'Permit BV', secondFactorRequired: true, firstSetUp: 'permit' },
  person('joost', { name: 'Joost Mol', organization: 'PERMIT', phoneNumber: KEES }),
  person('nina', { name: 'Nina Blom', organization: 'PERMIT' }),
] as const;
