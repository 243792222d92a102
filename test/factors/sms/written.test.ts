import { expect } from 'chai';
import { masked, written } from '../../../src/factors/sms/written.ts';

describe('a phone number on a page', () => {
  for (const [number, whole, hidden] of [
    ['+31612345678', '+31 6 12345678', '+31 6 •••• ••78'],
    ['+32470123456', '+32 470 12 34 56', '+32 4 •••• ••56'],
    ['+4915123456789', '+49 1512 3456789', '+49 1 •• •••• ••89'],
    ['+447400123456', '+44 7400 123456', '+44 7 • •••• ••56'],
    ['+352621123456', '+352 621 123 456', '+352 6 •••• ••56'],
  ] as const) {
    it(`is ${whole} or ${hidden}`, async () => {
      expect(await written(number)).to.equal(whole);
      expect(await masked(number)).to.equal(hidden);
    });
  }
});
