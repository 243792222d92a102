import { expect } from 'chai';
import fc from 'fast-check';
import { difference } from '../../src/domain/difference.ts';

describe('difference', () => {
  it('tells the fields that changed, as they were and as they are', () => {
    const before = { name: 'Old', disabled: false, roles: ['accountant'], contact: { en: 'Ann' } };
    const after = { name: 'New', disabled: false, roles: ['superuser'], contact: { en: 'Ann', nl: 'An' }, most: 3 };
    expect(difference(before, after, [])).to.deep.equal({
      before: { name: 'Old', roles: ['accountant'], 'contact.nl': null, most: null },
      after: { name: 'New', roles: ['superuser'], 'contact.nl': 'An', most: 3 },
    });
  });

  it('tells nothing where nothing changed', () => {
    expect(difference({ a: 1, b: undefined, c: null }, { a: 1 }, [])).to.deep.equal({});
  });

  it('tells of a secret that it was there and changed, and never what it is', () => {
    const told = difference({}, { secret: 'one', metadata: { jwks: { keys: [{ d: 'two' }] } } }, [
      'secret',
      'metadata.jwks',
    ]);
    expect(told).to.deep.equal({
      before: { 'metadata.jwks.keys': null, secret: null },
      after: { 'metadata.jwks.keys': '***', secret: '***' },
    });
  });

  it('never lets a blanked value through, wherever it lies', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.object({ maxDepth: 3 }), (before, after) => {
        const marked = (value: object) => JSON.parse(JSON.stringify({ secret: value, mark: 'hush' }));
        const told = difference(marked({ ...before, mark: 'hush' }), marked({ ...after, mark: 'hush!' }), ['secret']);
        expect(JSON.stringify(told)).to.not.include('hush');
      }),
    );
  });

  it('keeps long texts and lists short', () => {
    const { after } = difference({}, { text: 'x'.repeat(9_000), list: Array.from({ length: 900 }, () => 'y') }, []);
    expect(JSON.stringify(after)).to.have.length.below(1_000);
  });
});
