import { expect } from 'chai';
import { equal } from '../../src/crypto/equal.ts';

describe('equal', () => {
  it('tells the same from the different', () => {
    expect(equal('', '')).to.equal(true);
    expect(equal('sécret', 'sécret')).to.equal(true);
    for (const other of ['', 'secre', 'secret ', 'Secret', 'secret\0'])
      expect(equal('secret', other), other).to.equal(false);
  });
});
