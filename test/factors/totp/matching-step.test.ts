import { expect } from 'chai';
import { ScureBase32Plugin } from 'otplib';
import { matchingStep } from '../../../src/factors/totp/matching-step.ts';
import { totpSecret } from '../../../src/factors/totp/secret.ts';

const keys = {
  sha1: '12345678901234567890',
  sha256: '12345678901234567890123456789012',
  sha512: '1234567890123456789012345678901234567890123456789012345678901234',
};

/** RFC 6238, appendix B. */
const vectors = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const;

function secretOf(algorithm: keyof typeof keys, lastStep = 0) {
  const key = new ScureBase32Plugin().encode(Buffer.from(keys[algorithm]));
  return totpSecret.parse({ key, algorithm, digits: 8, lastStep });
}

describe('matchingStep', () => {
  for (const [seconds, sha1, sha256, sha512] of vectors) {
    it(`agrees with RFC 6238 at ${seconds} seconds`, () => {
      const step = Math.floor(seconds / 30);
      expect(matchingStep(secretOf('sha1'), sha1, seconds * 1000)).to.equal(step);
      expect(matchingStep(secretOf('sha256'), sha256, seconds * 1000)).to.equal(step);
      expect(matchingStep(secretOf('sha512'), sha512, seconds * 1000)).to.equal(step);
      expect(matchingStep(secretOf('sha256'), sha1, seconds * 1000)).to.equal(undefined);
    });
  }

  it('accepts one step of drift either way, and no more', () => {
    const [seconds, code] = vectors[3];
    const step = Math.floor(seconds / 30);
    for (const [steps, expected] of [
      [-2, undefined],
      [-1, step],
      [0, step],
      [1, step],
      [2, undefined],
    ] as const) {
      expect(matchingStep(secretOf('sha1'), code, (seconds + steps * 30) * 1000), `${steps}`).to.equal(expected);
    }
  });

  it('changes at the very millisecond', () => {
    const [seconds, code] = vectors[3];
    const step = Math.floor(seconds / 30);
    const secret = secretOf('sha1');
    expect(matchingStep(secret, code, (step + 2) * 30_000 - 1)).to.equal(step);
    expect(matchingStep(secret, code, (step + 2) * 30_000)).to.equal(undefined);
    expect(matchingStep(secret, code, (step - 1) * 30_000)).to.equal(step);
    expect(matchingStep(secret, code, (step - 1) * 30_000 - 1)).to.equal(undefined);
  });

  it('counts in the period of the secret', () => {
    const secret = { ...secretOf('sha1'), period: 60 };
    const [, code] = vectors[3];
    const step = Math.floor(1_234_567_890 / 30);
    expect(matchingStep(secret, code, step * 60_000)).to.equal(step);
    expect(matchingStep(secret, code, step * 30_000)).to.equal(undefined);
  });

  it('accepts nothing from before or of the last step used', () => {
    const [seconds, code] = vectors[3];
    const step = Math.floor(seconds / 30);
    expect(matchingStep(secretOf('sha1', step - 1), code, seconds * 1000)).to.equal(step);
    expect(matchingStep(secretOf('sha1', step), code, seconds * 1000)).to.equal(undefined);
    expect(matchingStep(secretOf('sha1', step + 1), code, seconds * 1000)).to.equal(undefined);
  });
});
