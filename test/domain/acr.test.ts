import { expect } from 'chai';
import { acrOf, amrOf, answeredAcr, MFA, PHR, SFA, strongerAcr } from '../../src/domain/acr.ts';
import type { FactorTraits } from '../../src/domain/factor.ts';

const traits = new Map<string, FactorTraits>(
  (
    [
      ['password', 'first', false],
      ['totp', 'second', false],
      ['key', 'second', true],
      ['codes', 'recovery', false],
    ] as const
  ).map(([name, role, phishingResistant]) => [name, { name, role, phishingResistant, guessable: true }]),
);
const proof = (factor: string, ...amr: string[]) => ({ factor, amr, at: 0 });

describe('what the application is told', () => {
  const password = proof('password', 'pwd');
  const table = [
    ['password', [password], 'pwd', SFA],
    ['password and app code', [password, proof('totp', 'otp')], 'pwd otp mfa', MFA],
    ['password and recovery code', [password, proof('codes', 'otp')], 'pwd otp mfa', MFA],
    ['password and security key', [password, proof('key', 'hwk')], 'pwd hwk mfa', PHR],
    [
      'password, app code and security key',
      [password, proof('totp', 'otp'), proof('key', 'hwk')],
      'pwd otp hwk mfa',
      PHR,
    ],
    ['a passkey alone', [proof('key', 'hwk', 'user', 'mfa')], 'hwk user mfa', PHR],
  ] as const;
  for (const [how, proofs, amr, acr] of table) {
    it(`of ${how} is ${amr} and ${acr}`, () => {
      expect(amrOf(proofs, traits).join(' ')).to.equal(amr);
      expect(acrOf(proofs, traits)).to.equal(acr);
    });
  }

  it('answers the strongest of the requested values that was satisfied, and without any the highest', () => {
    expect(answeredAcr(PHR, [])).to.equal(PHR);
    expect(answeredAcr(PHR, [SFA, MFA])).to.equal(MFA);
    expect(answeredAcr(MFA, [SFA, PHR])).to.equal(SFA);
    expect(answeredAcr(SFA, [PHR])).to.equal(SFA);
    expect(answeredAcr(MFA, ['urn:gold'])).to.equal(MFA);
  });

  it('compares with what may be absent', () => {
    expect(strongerAcr(undefined, MFA)).to.equal(MFA);
    expect(strongerAcr(PHR, MFA)).to.equal(PHR);
    expect(strongerAcr(undefined, undefined)).to.equal(undefined);
  });
});
