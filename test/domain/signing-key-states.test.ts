import { expect } from 'chai';
import type { SigningKey } from '../../src/domain/signing-key.ts';
import { signingKeyStates } from '../../src/domain/signing-key-states.ts';

const HOUR = 3_600_000;
const verification = 12 * HOUR;

const key = (id: string, signsFrom: number, algorithm: SigningKey['algorithm'] = 'ES256'): SigningKey => ({
  id,
  algorithm,
  jwk: {},
  createdAt: signsFrom - HOUR,
  signsFrom,
});

/** The state of each key, by id. */
function statesAt(now: number, ...keys: readonly SigningKey[]): Record<string, string> {
  return Object.fromEntries(signingKeyStates(keys, { now, verification }).map(({ id, state }) => [id, state]));
}

describe('states of signing keys', () => {
  const [old, next] = [key('old', 0), key('next', 100 * HOUR)];

  it('go by nothing but time', () => {
    const at = (now: number) => statesAt(now, old, next);
    expect(at(99 * HOUR)).to.deep.equal({ old: 'signing', next: 'waiting' });
    expect(at(100 * HOUR - 1)).to.deep.equal({ old: 'signing', next: 'waiting' });
    expect(at(100 * HOUR)).to.deep.equal({ old: 'verifying', next: 'signing' });
    expect(at(112 * HOUR - 1)).to.deep.equal({ old: 'verifying', next: 'signing' });
    expect(at(112 * HOUR)).to.deep.equal({ old: 'retired', next: 'signing' });
    expect(at(1_000 * HOUR)).to.deep.equal({ old: 'retired', next: 'signing' });
  });

  it('tell when a key retires as soon as its successor is known, in whatever order they are given', () => {
    const moment = { now: 99 * HOUR, verification };
    for (const keys of [
      [old, next],
      [next, old],
    ]) {
      const states = signingKeyStates(keys, moment).map(({ id, retiresAt }) => ({ id, retiresAt }));
      expect(states).to.deep.equal([
        { id: 'next', retiresAt: undefined },
        { id: 'old', retiresAt: 112 * HOUR },
      ]);
    }
  });

  it('count from the end of a turn, not from its beginning', () => {
    const last = key('last', 101 * HOUR);
    expect(statesAt(112 * HOUR, old, next, last)).to.deep.equal({ old: 'retired', next: 'verifying', last: 'signing' });
    expect(statesAt(113 * HOUR, old, next, last)).to.deep.equal({ old: 'retired', next: 'retired', last: 'signing' });
  });

  it('are those of each algorithm for itself', () => {
    const other = key('other', 50 * HOUR, 'RS256');
    expect(statesAt(200 * HOUR, old, next, other)).to.deep.equal({ old: 'retired', next: 'signing', other: 'signing' });
  });

  it('have one sign, also where the clock that made the first is ahead', () => {
    expect(statesAt(-1, old)).to.deep.equal({ old: 'signing' });
    expect(statesAt(-1, next, old)).to.deep.equal({ old: 'signing', next: 'waiting' });
    expect(statesAt(-1)).to.deep.equal({});
  });

  it('have one sign of two that begin at once: the younger', () => {
    const younger = { ...key('younger', 0), createdAt: old.createdAt + 1 };
    expect(statesAt(0, younger, old)).to.deep.equal({ old: 'verifying', younger: 'signing' });
  });
});
