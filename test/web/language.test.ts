import { expect } from 'chai';
import { chooseLocale } from '../../src/web/language.ts';

describe('chooseLocale', () => {
  it('takes what was picked on the page before all else', () => {
    expect(chooseLocale({ picked: 'nl', uiLocales: 'en', person: 'en', accept: 'en' })).to.equal('nl');
  });

  it('takes ui_locales before the setting of the person, and that before the browser', () => {
    expect(chooseLocale({ uiLocales: 'nl', person: 'en', accept: 'en' })).to.equal('nl');
    expect(chooseLocale({ person: 'nl', accept: 'en' })).to.equal('nl');
    expect(chooseLocale({ accept: 'nl' })).to.equal('nl');
  });

  it('takes the first of several ui_locales that there is', () => {
    expect(chooseLocale({ uiLocales: 'fr-CA nl-BE en' })).to.equal('nl');
    expect(chooseLocale({ uiLocales: 'fr', person: 'nl' })).to.equal('nl');
  });

  it('weighs Accept-Language', () => {
    expect(chooseLocale({ accept: 'de, en;q=0.5, nl-NL;q=0.8' })).to.equal('nl');
    expect(chooseLocale({ accept: 'nl;q=0, en;q=0.1' })).to.equal('en');
    expect(chooseLocale({ accept: 'NL-be' })).to.equal('nl');
  });

  it('falls back', () => {
    expect(chooseLocale({})).to.equal('en');
    expect(chooseLocale({ accept: 'fr, *' }, 'nl')).to.equal('nl');
  });

  it('is not troubled by nonsense', () => {
    for (const hint of ['', ';;;,,,', 'q=1', 'nl;q=x', '\u0000', '__proto__', 'a,'.repeat(100_000)]) {
      expect(chooseLocale({ picked: hint, uiLocales: hint, accept: hint })).to.equal('en');
    }
  });
});
