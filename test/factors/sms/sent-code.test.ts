import { expect } from 'chai';
import fc from 'fast-check';
import { COOL_DOWN, codeFor, objectionTo, pauseAfter } from '../../../src/factors/sms/sent-code.ts';
import { writtenForms } from '../typed-codes.ts';

const NOW = 1_785_000_000_000;
const MINUTE = 60_000;
const mine = '+31612345678';

describe('a code that was sent', () => {
  it('has six digits, leading zeros included, and is drawn anew for everybody', () => {
    const codes = Array.from({ length: 2_000 }, () => codeFor(mine, null, NOW).code);
    for (const code of codes) expect(code).to.match(/^\d{6}$/);
    expect(new Set(codes).size).to.be.greaterThan(1_900);
    expect(codes.some((code) => code.startsWith('0'))).to.equal(true);
  });

  it('is the same when it is sent again, and lives no longer', () => {
    const first = codeFor(mine, null, NOW);
    const again = codeFor(mine, first, NOW + 9 * MINUTE);
    expect(again).to.deep.equal({ ...first, sentAt: NOW + 9 * MINUTE });
    expect(codeFor(mine, again, NOW + 10 * MINUTE).until).to.equal(NOW + 20 * MINUTE);
  });

  it('is another for another number', () => {
    const codes = Array.from({ length: 20 }, () => codeFor('+31687654321', codeFor(mine, null, NOW), NOW));
    expect(codes.some(({ code }) => code !== codeFor(mine, null, NOW).code)).to.equal(true);
    expect(codes.every(({ number, until }) => number === '+31687654321' && until === NOW + 10 * MINUTE)).to.equal(true);
  });

  it('is right as long as it lives, however it is written', () => {
    const sent = codeFor(mine, null, NOW);
    fc.assert(
      fc.property(writtenForms(sent.code), (typed) => {
        expect(objectionTo(typed, sent, NOW + 10 * MINUTE - 1)).to.equal(undefined);
      }),
    );
    const late = { ok: false, reason: 'expired', field: 'code' };
    expect(objectionTo(sent.code, sent, NOW + 10 * MINUTE)).to.deep.equal(late);
  });

  it('is wrong or malformed otherwise', () => {
    const sent = { number: mine, code: '012345', until: NOW + 1, sentAt: NOW };
    for (const typed of ['012344', '112345', '000000']) {
      expect(objectionTo(typed, sent, NOW), typed).to.deep.equal({ ok: false, reason: 'wrong' });
    }
    for (const typed of [undefined, '', '12345', '0123456', '01234a', '+12345', '1'.repeat(1_000_000)]) {
      expect(objectionTo(typed, sent, NOW)).to.deep.equal({ ok: false, reason: 'malformed', field: 'code' });
    }
  });

  it('is sent again after a pause', () => {
    const sent = codeFor(mine, null, NOW);
    expect(pauseAfter(sent, NOW)).to.equal(COOL_DOWN);
    expect(pauseAfter(sent, NOW + COOL_DOWN - 1)).to.equal(1);
    expect(pauseAfter(sent, NOW + COOL_DOWN)).to.equal(0);
  });
});
