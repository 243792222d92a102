import { expect } from 'chai';
import type { Factor } from '../../src/domain/factor.ts';
import { type FactorNeeds, factors } from '../../src/factors/index.ts';
import { FakeClock } from '../support/clock.ts';
import { toyFactor } from '../support/toy/factor.ts';
import { settings } from './settings.ts';

const unused = async () => {
  throw new Error('not asked for');
};
const needs: FactorNeeds = {
  accounts: { byName: unused, byId: unused, verifyPassword: unused },
  organizations: { byId: unused, byCode: unused, howMany: unused, save: unused },
  enrolments: { of: unused, holdersOf: unused },
  hasher: { hash: unused, verify: unused, derive: unused, isOutdated: () => false, kindOf: () => undefined },
  clock: new FakeClock(),
  settings,
};

describe('factors', () => {
  it('has the factors of this release', () => {
    expect(factors(needs).map(({ name }) => name)).to.deep.equal([
      'password',
      'totp',
      'security-key',
      'passkey',
      'sms',
      'recovery-code',
    ]);
  });

  const every: readonly Factor[] = [...factors(needs), toyFactor()];
  for (const factor of every) {
    it(`${factor.name} has the ceremonies of its role`, () => {
      const { role, identifies, guessable, identification, enrolment, authentication, remaining } = factor;
      expect(identification !== undefined).to.equal(role === 'first' || identifies === true);
      expect(identification?.claimed !== undefined).to.equal(identification !== undefined && guessable);
      expect(enrolment !== undefined).to.equal(role !== 'first');
      // Also of what is proved first: where a passkey is not enough, the password is asked after it.
      expect(authentication !== undefined).to.equal(true);
      expect(remaining !== undefined).to.equal(role === 'recovery');
    });
  }
});
