import { expect } from 'chai';
import { comparable } from '../../src/domain/comparable.ts';

describe('comparable', () => {
  const same: readonly (readonly string[])[] = [
    ['anna', ' Anna\t', 'ANNA\u3000', 'Ａｎｎａ'],
    ['strasse', 'Straße', 'STRASSE', 'STRAẞE'],
    ['σας', 'ΣΑΣ', 'σασ'],
    ['cafe\u0301', 'café', 'CAFÉ'],
    ['ılgın', 'ILGIN', 'ilgin'],
    ['ad\u200bmin', 'admin', '\ufeffadmin\u2060', 'ad\u00admin'],
    ['', ' ', '\u200b', ' \u200d '],
  ];
  for (const names of same) {
    it(`takes ${JSON.stringify(names)} for one`, () => {
      expect(new Set(names.map(comparable))).to.have.property('size', 1);
    });
  }

  it('keeps apart what looks different', () => {
    const names = ['anna', 'ana', 'an na', 'änna', 'а\u043d\u043d\u0430', 'anna1'];
    expect(new Set(names.map(comparable))).to.have.property('size', names.length);
  });

  it('changes nothing the second time', () => {
    for (const name of [...same.flat(), 'İstanbul', 'ŉ', 'ﬃ', '\u0345', 'ΐ', 'ᾳ']) {
      expect(comparable(comparable(name)), name).to.equal(comparable(name));
    }
  });
});
