import { expect } from 'chai';
import fc from 'fast-check';
import { type CountryCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { readNumber } from '../../../src/factors/sms/number.ts';

const countries = ['NL', 'BE', 'DE', 'FR', 'GB', 'LU', 'US', 'IT'] as const;
const read = (typed: string, country = 'NL') => readNumber({ typed, country, countries });

describe('readNumber', () => {
  for (const [typed, country, number] of [
    ['0612345678', 'NL', '+31612345678'],
    ['06 12 34 56 78', 'NL', '+31612345678'],
    ['06-12345678', 'NL', '+31612345678'],
    ['612345678', 'NL', '+31612345678'],
    ['0031 6 12345678', 'NL', '+31612345678'],
    ['+31612345678', 'BE', '+31612345678'],
    ['+31 (0)6 12345678', 'BE', '+31612345678'],
    ['(+31) 06.12.34.56.78', 'BE', '+31612345678'],
    ['+32 470 12 34 56', 'NL', '+32470123456'],
    ['0470/12.34.56', 'BE', '+32470123456'],
    ['0151 23456789', 'DE', '+4915123456789'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['07400 123456', 'GB', '+447400123456'],
    ['312 345 6789', 'IT', '+393123456789'],
    ['(201) 555-0123', 'US', '+12015550123'],
    ['０６１２３４５６７８', 'NL', '+31612345678'],
    ['＋３１６１２３４５６７８', 'BE', '+31612345678'],
    ['٠٦١٢٣٤٥٦٧٨', 'NL', '+31612345678'],
    ['\u202a06\u200f12345678\u202c', 'NL', '+31612345678'],
    ['\u2066+31\u00a06\u00a012345678\u2069\ufeff', 'BE', '+31612345678'],
  ] as const) {
    it(`reads ${JSON.stringify(typed)} in ${country}`, async () => {
      expect(await read(typed, country)).to.deep.equal({ number });
    });
  }

  for (const [typed, fault, country] of [
    ['', 'number-missing'],
    ['   ', 'number-missing'],
    ['\u200f', 'number-wrong'],
    ['06 1234 567a', 'number-letters'],
    ['call me', 'number-letters'],
    ['0800-SLUIS', 'number-letters'],
    ['06*12345678', 'number-letters'],
    ["'; drop table", 'number-letters'],
    ['+31+31612345678', 'number-plus'],
    ['+31 +31 6 12345678', 'number-plus'],
    ['06+12345678', 'number-plus'],
    ['+', 'number-wrong'],
    ['+31 31 6 12345678', 'number-country-twice'],
    ['0612345678', 'number-no-country', 'XX'],
    ['0612345678', 'number-no-country', 'ES'],
    ['0612345678', 'number-no-country', ''],
    ['+999 6 12345678', 'number-unknown-country'],
    ['+34 612 34 56 78', 'number-country-not-allowed'],
    ['+7 912 345 67 89', 'number-country-not-allowed'],
    ['+881 612345678', 'number-country-not-allowed'],
    ['+979 1 2345 6789', 'number-country-not-allowed'],
    ['+1 416 555 0123', 'number-country-not-allowed'],
    ['06 1234', 'number-too-short'],
    ['06', 'number-too-short'],
    ['+44 7400 1234', 'number-too-short'],
    ['06 123456789', 'number-too-long'],
    ['+44 7400 1234567', 'number-too-long'],
    ['1'.repeat(40), 'number-too-long'],
    ['1'.repeat(1_000_000), 'number-too-long'],
    ['020 555 01 23', 'number-fixed'],
    ['+44 20 7183 8750', 'number-fixed'],
    ['0900 1234', 'number-premium'],
    ['+44 871 234 5678', 'number-premium'],
    ['0800 1234', 'number-not-mobile'],
    ['088 000 1234', 'number-not-mobile'],
    ['+31 6 00000000', 'number-wrong'],
  ] as const) {
    it(`calls ${JSON.stringify(typed.slice(0, 40))} ${fault}`, async () => {
      expect(await read(typed, country ?? 'NL')).to.deep.equal({ fault });
    });
  }

  it('takes a number as fixed or mobile where a country does not tell them apart', async () => {
    expect(await read('+1 201 555 0123')).to.deep.equal({ number: '+12015550123' });
  });

  const written = fc
    .record({
      country: fc.constantFrom(...countries),
      digits: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
      chosen: fc.constantFrom(...countries),
      seeds: fc.array(fc.constantFrom('', '', ' ', '-', '.', '\u00a0', '\u200e'), { minLength: 20, maxLength: 20 }),
    })
    .map(({ country, digits, chosen, seeds }) => {
      const example = getExampleNumber(country as CountryCode, examples);
      if (example === undefined) throw new Error(`no example of ${country}`);
      const ending = digits.join('');
      const spread = (text: string) => [...text].map((digit, index) => digit + (seeds[index] ?? '')).join('');
      const changed = (text: string) => text.replace(/\D/g, '').slice(0, -3) + ending;
      const national = changed(example.formatNational());
      const international = `+${changed(example.number)}`;
      return { country, chosen, national: spread(national), international: spread(international) };
    });

  it('reaches the same number, whichever way it is written', async () => {
    await fc.assert(
      fc.asyncProperty(written, async ({ country, chosen, national, international }) => {
        const one = await read(national, country);
        expect(one).to.deep.equal(await read(international, chosen));
        if ('number' in one) expect(one.number).to.match(/^\+[1-9]\d{6,14}$/);
      }),
      { numRuns: 500 },
    );
  });

  it('answers a number or what is wrong with it, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ maxLength: 3 }),
        async (typed, country) => {
          const answer = await read(typed, country);
          expect('number' in answer || answer.fault.startsWith('number-')).to.equal(true);
        },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[+0-9 ()./-]{0,30}$/), async (typed) => {
        const answer = await read(typed);
        if ('number' in answer) expect(await read(answer.number)).to.deep.equal(answer);
      }),
    );
  });
});
