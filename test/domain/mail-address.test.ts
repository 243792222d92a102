import { expect } from 'chai';
import { isMailAddress } from '../../src/domain/mail-address.ts';

describe('isMailAddress', () => {
  for (const address of [
    'noor@devries.example',
    "o'brien+mail@sub.example.co.uk",
    'noor@localhost',
    'jürgen@müller.example',
  ]) {
    it(`takes ${address}`, () => expect(isMailAddress(address)).to.equal(true));
  }

  for (const address of [
    '',
    'noor',
    'noor@',
    '@devries.example',
    'noor@devries.example\r\nBcc: eve@example.com',
    'noor@devries.example\n',
    'noor\u2028@devries.example',
    'noor\u0000@devries.example',
    'noor@devries.example, eve@example.com',
    'noor@devries.example;eve@example.com',
    'Noor <noor@devries.example>',
    '<noor@devries.example>',
    '"noor bakker"@devries.example',
    'noor(comment)@devries.example',
    'noor@eve@devries.example',
    'noor@[192.0.2.1]',
    'noor @devries.example',
    ' noor@devries.example',
    '-oQ/tmp@devries.example',
    'noor@-devries.example',
    'noor@devries.example.',
    `${'a'.repeat(65)}@devries.example`,
    `noor@${'a'.repeat(250)}.example`,
  ]) {
    it(`refuses ${JSON.stringify(address).slice(0, 60)}`, () => expect(isMailAddress(address)).to.equal(false));
  }
});
