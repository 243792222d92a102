import { expect } from 'chai';
import { type Adapter, errors } from 'oidc-provider';
import { createAdapter } from '../../src/oidc/adapter.ts';
import { memoryModels } from '../../src/stores/memory/models.ts';
import { memorySessions } from '../../src/stores/memory/sessions.ts';
import { FakeClock } from '../support/clock.ts';
import { rejection } from '../support/rejection.ts';

describe('the adapter of oidc-provider', () => {
  let adapterOf: (model: string) => Adapter;

  beforeEach(() => {
    const parts = { clock: new FakeClock() };
    adapterOf = createAdapter({
      ...parts,
      models: memoryModels(parts),
      sessions: memorySessions(parts),
      client: async (id) => (id === 'shop' ? { client_id: 'shop' } : undefined),
    });
  });

  it('throws for who consumes second', async () => {
    const codes = adapterOf('AuthorizationCode');
    await codes.upsert('code', { jti: 'code' }, 60);
    await codes.consume('code');
    expect(await rejection(codes.consume('code'))).to.be.instanceOf(errors.InvalidGrant);
    expect(await codes.find('code'))
      .to.have.property('consumed')
      .that.is.a('number');
  });

  it('names the parameter when it is a pushed request that was used before (RFC 9126)', async () => {
    const requests = adapterOf('PushedAuthorizationRequest');
    expect(await rejection(requests.consume('unknown'))).to.be.instanceOf(errors.InvalidRequestUri);
  });

  it('throws for who brings the same assertion second', async () => {
    const assertions = adapterOf('ReplayDetection');
    const saved = await Promise.allSettled([1, 2, 3].map(() => assertions.upsert('id', { iss: 'shop' }, 60)));
    expect(saved.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected', 'rejected']);
    expect(await rejection(assertions.upsert('id', { iss: 'shop' }, 60))).to.be.instanceOf(errors.InvalidRequest);
  });

  it('asks for registered clients where they are registered', async () => {
    expect(await adapterOf('Client').find('shop')).to.deep.equal({ client_id: 'shop' });
    expect(await adapterOf('Client').find('unknown')).to.equal(undefined);
  });

  it('revokes the tokens of a grant', async () => {
    const [tokens, refreshTokens] = [adapterOf('AccessToken'), adapterOf('RefreshToken')];
    await tokens.upsert('access', { grantId: 'grant' }, 60);
    await refreshTokens.upsert('refresh', { grantId: 'grant' }, 60);
    await tokens.revokeByGrantId('grant');
    expect(await tokens.find('access')).to.equal(undefined);
    expect(await refreshTokens.find('refresh')).to.equal(undefined);
  });

  it('finds a device code by what the person typed', async () => {
    const codes = adapterOf('DeviceCode');
    await codes.upsert('device', { userCode: 'ABCD', jti: 'device' }, 60);
    expect(await codes.findByUserCode('ABCD')).to.include({ jti: 'device' });
  });

  describe('for sessions', () => {
    let sessions: Adapter;
    const stored = { uid: 'uid', kind: 'Session', accountId: 'ada', proofs: [{ factor: 'totp' }], epoch: '1.0' };

    beforeEach(async () => {
      sessions = adapterOf('Session');
      await sessions.upsert('cookie', { ...stored, jti: 'cookie', authorizations: { shop: { sid: '1' } } }, 60);
    });

    it('keeps fields that the library does not know', async () => {
      const usedAt = new FakeClock().now();
      const expected = { ...stored, usedAt, jti: 'cookie', authorizations: { shop: { sid: '1' } } };
      expect(await sessions.find('cookie')).to.deep.equal(expected);
      expect(await sessions.findByUid('uid')).to.deep.equal(expected);
    });

    it('writes what a request changed, and nothing else that it read', async () => {
      const [one, other] = [await sessions.find('cookie'), await sessions.find('cookie')];
      if (!one?.authorizations || !other?.authorizations) throw new Error('expected a session');
      delete one.authorizations.shop;
      one.authorizations.bank = { sid: '2' };
      other.authorizations.forum = { sid: '3' };
      await sessions.upsert('cookie', one, 60);
      await sessions.upsert('cookie', other, 60);
      expect(await sessions.find('cookie'))
        .to.have.property('authorizations')
        .that.deep.equals({ bank: { sid: '2' }, forum: { sid: '3' } });
    });

    it('compares a second save of one request with its first', async () => {
      const session = await sessions.find('cookie');
      if (!session?.authorizations) throw new Error('expected a session');
      session.authorizations.bank = { sid: '2' };
      await sessions.upsert('cookie', session, 60);
      delete session.authorizations.bank;
      await sessions.upsert('cookie', session, 60);
      expect((await sessions.findByUid('uid'))?.authorizations).to.deep.equal({ shop: { sid: '1' } });
    });

    it('refuses to save a session that ended meanwhile', async () => {
      const session = await sessions.find('cookie');
      await sessions.destroy('cookie');
      expect(await rejection(sessions.upsert('cookie', { ...session }, 60))).to.be.instanceOf(errors.SessionNotFound);
      expect(await sessions.find('cookie')).to.equal(undefined);
    });
  });
});
