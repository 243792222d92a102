import { expect } from 'chai';
import { inGsm, isGsm } from '../../../src/delivery/sms/gsm-alphabet.ts';

describe('the GSM alphabet', () => {
  it('has one code for its own characters and two for those of the extension', () => {
    expect(inGsm('@ Aé~€')).to.deep.equal([[0x00], [0x20], [0x41], [0x05], [0x1b, 0x3d], [0x1b, 0x65]]);
    expect(inGsm('à\n\r')).to.deep.equal([[0x7f], [0x0a], [0x0d]]);
  });

  it('has no others', () => {
    for (const text of ['ç', '–', '’', '`', 'ж', '😀', '\u001b', '\t', '\u0000'])
      expect(isGsm(text), text).to.equal(false);
    expect(isGsm('')).to.equal(true);
  });
});
