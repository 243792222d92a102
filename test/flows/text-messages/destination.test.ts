import { expect } from 'chai';
import { destinationOf, unknownCountries } from '../../../src/flows/text-messages/destination.ts';

const countries = ['NL', 'BE', 'DE', 'FR', 'GB', 'LU'];

describe('where text messages may go', () => {
  const allowed: readonly [number: string, country: string][] = [
    ['+31612345678', 'NL'],
    ['+32470123456', 'BE'],
    ['+4915112345678', 'DE'],
    ['+33612345678', 'FR'],
    ['+447400123456', 'GB'],
    ['+352628123456', 'LU'],
  ];
  for (const [number, country] of allowed) {
    it(`is a mobile number in ${country}`, async () => {
      expect(await destinationOf(number, countries)).to.equal(country);
      expect(await destinationOf(number, [])).to.equal(undefined);
    });
  }

  it('is a number in a country that does not tell mobile from fixed lines', async () => {
    expect(await destinationOf('+12015550123', ['US'])).to.equal('US');
  });

  const refused: readonly [what: string, number: string][] = [
    ['a country that is not allowed', '+12015550123'],
    ['a country that shares the calling code of an allowed one', '+447781123456'],
    ['a satellite network', '+881612345678'],
    ['an international premium rate', '+979123456789'],
    ['a premium rate', '+31900123456'],
    ['a premium rate of seven digits', '+319001234'],
    ['a shared cost', '+441844123456'],
    ['a fixed line', '+31201234567'],
    ['a pager', '+31662345678'],
    ['a free number', '+31800123456'],
    ['too short', '+3161234567'],
    ['too long', '+316123456789'],
    ['not in E.164', '0612345678'],
    ['written with spaces', '+31 6 12345678'],
    ['followed by more', '+31612345678;ext=1'],
    ['nothing', ''],
  ];
  for (const [what, number] of refused) {
    it(`is not ${what}`, async () => {
      expect(await destinationOf(number, countries)).to.equal(undefined);
    });
  }

  it('knows what is no country', async () => {
    expect(await unknownCountries(['NL', 'UK', 'XX'])).to.deep.equal(['UK', 'XX']);
  });
});
