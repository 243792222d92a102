import { expect } from 'chai';
import { z } from 'zod';
import { readStored } from '../../src/factors/read-stored.ts';

describe('readStored', () => {
  it('gives back what has the right shape', () => {
    expect(readStored('secret', z.strictObject({ key: z.string() }), { key: 'abc' })).to.deep.equal({ key: 'abc' });
  });

  it('refuses anything else without telling what it was', () => {
    const schema = z.strictObject({ key: z.literal('abc') });
    for (const stored of [undefined, null, 'hunter2', { key: 'hunter2' }, { key: 'abc', hunter2: 1 }]) {
      expect(() => readStored('secret', schema, stored)).to.throw(/^The secret cannot be read$/);
    }
  });
});
