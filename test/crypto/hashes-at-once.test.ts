import { expect } from 'chai';
import { hashesAtOnce } from '../../src/crypto/hashes-at-once.ts';

describe('hashesAtOnce', () => {
  it('is the lesser of cores and what the pool leaves, and at least one', () => {
    expect(hashesAtOnce(2, 4)).to.equal(2);
    expect(hashesAtOnce(16, 4)).to.equal(2);
    expect(hashesAtOnce(4, 16)).to.equal(4);
    expect(hashesAtOnce(1, 1)).to.equal(1);
  });
});
