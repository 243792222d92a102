import { expect } from 'chai';
import type { SigningKeys } from '../../src/domain/ports.ts';
import type { SigningKey } from '../../src/domain/signing-key.ts';
import { ensureSigningKeys, jwksOf, newSigningKey } from '../../src/oidc/signing-keys.ts';
import { FakeClock } from '../support/clock.ts';

/** Keys in memory; whoever comes first wins, as in a table. */
function keysInMemory(standing: readonly SigningKey[] = []): SigningKeys {
  const keys = [...standing];
  return {
    all: async () => [...keys].sort((one, other) => other.createdAt - one.createdAt),
    add: async (key) => keys.push(key) > 0,
    addFirst: async (key) => !keys.some(({ algorithm }) => algorithm === key.algorithm) && keys.push(key) > 0,
  };
}

describe('signing keys', () => {
  const clock = new FakeClock();

  it('are made at the first start, one for each algorithm, also by processes that start at once', async () => {
    const keys = keysInMemory();
    const [one, other] = await Promise.all([ensureSigningKeys(keys, clock), ensureSigningKeys(keys, clock)]);
    expect(one.map(({ algorithm }) => algorithm)).to.have.members(['ES256', 'RS256']);
    expect(other).to.have.deep.members([...one]);
    const [elliptic, rsa] = [
      one.find(({ algorithm }) => algorithm === 'ES256'),
      one.find(({ algorithm }) => algorithm === 'RS256'),
    ];
    expect(elliptic?.jwk).to.include({ kty: 'EC', crv: 'P-256' }).and.include.keys('d', 'x', 'y');
    expect(rsa?.jwk).to.include({ kty: 'RSA' });
    expect(Buffer.from(String(rsa?.jwk.n), 'base64url')).to.have.length(256);
    expect(elliptic?.createdAt).to.equal(clock.now());
  });

  it('are left alone where they stand', async () => {
    const keys = keysInMemory();
    const first = await ensureSigningKeys(keys, clock);
    expect(await ensureSigningKeys(keys, clock)).to.deep.equal(first);
  });

  it('are all published, the youngest first: that one signs', async () => {
    const old = await newSigningKey('ES256', clock);
    clock.advance(1);
    const young = await newSigningKey('ES256', clock);
    const { keys } = jwksOf([old, young]);
    expect(keys.map(({ kid, alg, use }) => ({ kid, alg, use }))).to.deep.equal([
      { kid: young.id, alg: 'ES256', use: 'sig' },
      { kid: old.id, alg: 'ES256', use: 'sig' },
    ]);
  });
});
