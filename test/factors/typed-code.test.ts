import { expect } from 'chai';
import fc from 'fast-check';
import { typedCode } from '../../src/factors/typed-code.ts';
import { writtenForms } from './typed-codes.ts';

describe('typedCode', () => {
  for (const [typed, code] of [
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['１２３４５６', '123456'],
    ['1234 - 5678', '12345678'],
    ['\u200e123\u00a0456\u202c', '123456'],
    ['12,456', '12,456'],
    ['١٢٣', '١٢٣'],
    ['', ''],
  ] as const) {
    it(`reads ${JSON.stringify(typed)} as ${JSON.stringify(code)}`, () => expect(typedCode(typed)).to.equal(code));
  }

  it('reads nothing in what is missing or absurdly long', () => {
    expect(typedCode(undefined)).to.equal('');
    expect(typedCode('1'.repeat(1_000_000))).to.equal('');
  });

  it('finds a code in every way to write it', () => {
    fc.assert(
      fc.property(writtenForms('0123456789'), (typed) => {
        expect(typedCode(typed)).to.equal('0123456789');
      }),
    );
  });
});
