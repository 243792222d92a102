import { expect } from 'chai';
import type { Factor } from '../../src/domain/factor.ts';
import { type FactorNeeds, factors } from '../../src/factors/index.ts';
import { FakeClock } from '../support/clock.ts';
import { toyFactor } from '../support/toy/factor.ts';

const unused = async () => {
  throw new Error('not asked for');
};
const needs: FactorNeeds = {
  accounts: { byName: unused, byId: unused, verifyPassword: unused },
  organizations: { byId: unused, byCode: unused, howMany: unused, save: unused },
  hasher: { hash: unused, verify: unused, derive: unused, isOutdated: () => false, kindOf: () => undefined },
  clock: new FakeClock(),
  settings: { issuerName: 'Sluis', officeCode: 'never', recoveryCodes: '6x8' },
};

describe('factors', () => {
  it('has the factors of this release', () => {
    expect(factors(needs).map(({ name }) => name)).to.deep.equal(['password', 'totp', 'recovery-code']);
  });

  const every: readonly Factor[] = [...factors(needs), toyFactor()];
  for (const factor of every) {
    it(`${factor.name} has the ceremonies of its role`, () => {
      const { role, identification, enrolment, authentication, remaining } = factor;
      expect(identification !== undefined).to.equal(role === 'first');
      expect(identification?.claimed !== undefined).to.equal(role === 'first');
      expect(enrolment !== undefined).to.equal(role !== 'first');
      expect(authentication !== undefined).to.equal(role !== 'first');
      expect(remaining !== undefined).to.equal(role === 'recovery');
    });
  }
});
