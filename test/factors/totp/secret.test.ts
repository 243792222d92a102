import { expect } from 'chai';
import { importedTotpSecret, totpSecret } from '../../../src/factors/totp/secret.ts';

describe('totpSecret', () => {
  it('takes a bare key for what every app uses', () => {
    expect(totpSecret.parse({ key: 'JBSWY3DPEHPK3PXP' })).to.deep.equal({
      key: 'JBSWY3DPEHPK3PXP',
      lastStep: 0,
      algorithm: 'sha1',
      digits: 6,
      period: 30,
    });
  });

  for (const [what, damaged] of [
    ['a short key', { key: 'JBSWY3DP' }],
    ['an overlong key', { key: 'A'.repeat(104) }],
    ['a key that is no whole number of bytes', { key: 'JBSWY3DPEHPK3PXPA' }],
    ['letters outside of base 32', { key: 'JBSWY3DPEHPK3PX1' }],
    ['a lower-case key', { key: 'jbswy3dpehpk3pxp' }],
    ['no key', { lastStep: 1 }],
    ['a step that is no number', { key: 'JBSWY3DPEHPK3PXP', lastStep: '1' }],
    ['a negative step', { key: 'JBSWY3DPEHPK3PXP', lastStep: -1 }],
    ['five digits', { key: 'JBSWY3DPEHPK3PXP', digits: 5 }],
    ['another algorithm', { key: 'JBSWY3DPEHPK3PXP', algorithm: 'md5' }],
    ['a period of nothing', { key: 'JBSWY3DPEHPK3PXP', period: 0 }],
    ['something unknown beside it', { key: 'JBSWY3DPEHPK3PXP', laststep: 1 }],
    ['a string', 'JBSWY3DPEHPK3PXP'],
  ] as const) {
    it(`refuses ${what}`, () => expect(totpSecret.safeParse(damaged).success).to.equal(false));
  }
});

describe('importedTotpSecret', () => {
  it('reads a key however it is written', () => {
    for (const key of ['jbsw y3dp ehpk 3pxp', 'JBSW-Y3DP-EHPK-3PXP', 'JBSWY3DPEHPK3PXP======']) {
      expect(importedTotpSecret({ key })?.key, key).to.equal('JBSWY3DPEHPK3PXP');
    }
  });

  it('keeps what differs from the defaults', () => {
    const imported = { key: 'JBSWY3DPEHPK3PXP', algorithm: 'sha256', digits: 8, period: 60 } as const;
    expect(importedTotpSecret(imported)).to.deep.equal({ ...imported, lastStep: 0 });
  });

  it('refuses what no app could use', () => {
    expect(importedTotpSecret({ key: 'not a key' })).to.equal(undefined);
    expect(importedTotpSecret({ key: 'JBSWY3DPEHPK3PXP', period: 1 })).to.equal(undefined);
    expect(importedTotpSecret({ key: 'A'.repeat(1_000_000) })).to.equal(undefined);
  });
});
