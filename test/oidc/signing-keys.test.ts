import { expect } from 'chai';
import type { SigningKeys } from '../../src/domain/ports.ts';
import type { SigningKey, StandingKey } from '../../src/domain/signing-key.ts';
import { ensureSigningKeys, inUse, jwksOf, newSigningKey } from '../../src/oidc/signing-keys.ts';
import { FakeClock } from '../support/clock.ts';

/** Keys in memory; whoever comes first wins, as in a table. */
function keysInMemory(): Pick<SigningKeys, 'all' | 'addFirst'> {
  const keys: SigningKey[] = [];
  return {
    all: async () => [...keys],
    addFirst: async (key) => !keys.some(({ algorithm }) => algorithm === key.algorithm) && keys.push(key) > 0,
  };
}

describe('signing keys', () => {
  const clock = new FakeClock();

  it('are made at the first start, one for each algorithm, also by processes that start at once', async () => {
    const keys = keysInMemory();
    await Promise.all([ensureSigningKeys(keys, clock), ensureSigningKeys(keys, clock)]);
    const made = await keys.all();
    expect(made.map(({ algorithm }) => algorithm)).to.have.members(['ES256', 'RS256']);
    const [elliptic, rsa] = [
      made.find(({ algorithm }) => algorithm === 'ES256'),
      made.find(({ algorithm }) => algorithm === 'RS256'),
    ];
    expect(elliptic?.jwk).to.include({ kty: 'EC', crv: 'P-256' }).and.include.keys('d', 'x', 'y');
    expect(rsa?.jwk).to.include({ kty: 'RSA' });
    expect(Buffer.from(String(rsa?.jwk.n), 'base64url')).to.have.length(256);
    expect(elliptic).to.include({ createdAt: clock.now(), signsFrom: clock.now() });
  });

  it('are left alone where they stand', async () => {
    const keys = keysInMemory();
    await ensureSigningKeys(keys, clock);
    const first = await keys.all();
    await ensureSigningKeys(keys, clock);
    expect(await keys.all()).to.deep.equal(first);
  });

  it('are published in the order in which they are to be taken: what signs is first, what is retired is not there', async () => {
    const key = await newSigningKey('ES256', clock, 1000);
    expect(key.signsFrom - key.createdAt).to.equal(1000);
    const states = ['waiting', 'signing', 'verifying', 'retired'] as const;
    const { keys } = jwksOf(inUse(states.map((state): StandingKey => ({ ...key, id: state, state }))));
    expect(keys.map(({ kid, alg, use }) => ({ kid, alg, use }))).to.deep.equal([
      { kid: 'signing', alg: 'ES256', use: 'sig' },
      { kid: 'waiting', alg: 'ES256', use: 'sig' },
      { kid: 'verifying', alg: 'ES256', use: 'sig' },
    ]);
  });
});
