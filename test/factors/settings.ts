import type { FactorNeeds } from '../../src/factors/index.ts';

/** What factors take from the configuration, as the tests have it. */
export const settings: FactorNeeds['settings'] = {
  issuerName: 'Sluis',
  issuerHost: 'id.example.com',
  officeCode: 'never',
  recoveryCodes: '6x8',
  webauthn: { party: { id: 'id.example.com', name: 'Sluis', origins: ['https://id.example.com'] } },
  countries: ['NL', 'BE', 'DE', 'FR', 'GB', 'LU'],
};
