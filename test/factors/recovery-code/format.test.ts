import { expect } from 'chai';
import fc from 'fast-check';
import {
  type CodeFormat,
  codeFormats,
  grouped,
  newCodes,
  readCode,
} from '../../../src/factors/recovery-code/format.ts';
import { writtenForms } from '../typed-codes.ts';

const shapes: Readonly<Record<CodeFormat, { count: number; shown: RegExp }>> = {
  '6x8': { count: 6, shown: /^\d{4} \d{4}$/ },
  '1x16': { count: 1, shown: /^\d{4}( - \d{4}){3}$/ },
  '1x20': { count: 1, shown: /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/ },
};

describe('recovery code formats', () => {
  for (const format of codeFormats) {
    it(`${format}: makes, shows and reads codes`, () => {
      for (let round = 0; round < 20; round += 1) {
        const codes = newCodes(format);
        expect(codes).to.have.length(shapes[format].count);
        expect(new Set(codes)).to.have.property('size', codes.length);
        for (const code of codes) {
          expect(grouped(code, format)).to.match(shapes[format].shown);
          expect(readCode(grouped(code, format), format)).to.equal(code);
        }
      }
    });

    it(`${format}: reads a code in every way to write it`, () => {
      const [code = ''] = newCodes(format);
      fc.assert(
        fc.property(writtenForms(code), (typed) => {
          expect(readCode(typed, format)).to.equal(code);
        }),
      );
    });

    it(`${format}: reads no other length, and no text`, () => {
      const [code = ''] = newCodes(format);
      for (const typed of [undefined, '', code.slice(1), `${code}1`, `${code.slice(1)}!`, `${code.slice(1)}U`]) {
        expect(readCode(typed, format), typed).to.equal(undefined);
      }
    });
  }

  it('takes letters that look like digits for those digits, in base 32 alone', () => {
    expect(readCode('oooo-IIII-llll-AAAA-0000', '1x20')).to.equal('000011111111AAAA0000');
    expect(readCode('oooo 1234', '6x8')).to.equal(undefined);
  });

  it('uses every character about as often', () => {
    const counts = new Map<string, number>();
    for (let round = 0; round < 400; round += 1) {
      for (const character of newCodes('1x20').join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).to.equal(32);
    // 250 expected, 15.6 standard deviation: eight of them away is once in a million million runs.
    for (const count of counts.values()) expect(count).to.be.within(125, 375);
  });
});
