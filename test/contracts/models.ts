import { expect } from 'chai';
import type { Models } from '../../src/domain/ports.ts';
import type { FakeClock } from '../support/clock.ts';

const CODE = { model: 'AuthorizationCode', id: 'code' };
const TOKEN = { model: 'AccessToken', id: 'token' };

/** What every implementation of `Models` does. `open` answers an empty one, and how to be rid of it. */
export function modelsContract(
  open: () => Promise<{ models: Models; clock: FakeClock; close(): Promise<void> }>,
): void {
  describe('as Models', () => {
    let models: Models;
    let clock: FakeClock;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ models, clock, close } = await open());
    });
    afterEach(() => close());

    it('finds what was stored, with fields that nobody knows', async () => {
      const stored = {
        jti: 'token',
        scope: 'openid',
        proofs: [{ factor: 'totp', at: 1.5 }],
        epoch: '3.1',
        name: 'Ægir',
      };
      await models.upsert(TOKEN, { stored, lifetime: 60 });
      expect(await models.find(TOKEN)).to.deep.equal(stored);
    });

    it('finds nothing that was never stored, nor under the name of another model', async () => {
      await models.upsert(TOKEN, { stored: {}, lifetime: 60 });
      expect(await models.find({ model: 'AccessToken', id: 'other' })).to.equal(undefined);
      expect(await models.find({ model: 'RefreshToken', id: 'token' })).to.equal(undefined);
    });

    it('replaces what stands', async () => {
      await models.upsert(TOKEN, { stored: { scope: 'openid' }, lifetime: 60 });
      await models.upsert(TOKEN, { stored: { claims: {} }, lifetime: 60 });
      expect(await models.find(TOKEN)).to.deep.equal({ claims: {} });
    });

    it('forgets when the lifetime is over, and not before', async () => {
      await models.upsert(TOKEN, { stored: {}, lifetime: 60 });
      clock.advance(59_999);
      expect(await models.find(TOKEN)).to.deep.equal({});
      clock.advance(1);
      expect(await models.find(TOKEN)).to.equal(undefined);
    });

    it('keeps for ever what has no lifetime', async () => {
      await models.upsert(TOKEN, { stored: {} });
      clock.advance(100 * 365 * 86_400_000);
      expect(await models.find(TOKEN)).to.deep.equal({});
    });

    it('destroys', async () => {
      await models.upsert(TOKEN, { stored: {}, lifetime: 60 });
      await models.destroy(TOKEN);
      expect(await models.find(TOKEN)).to.equal(undefined);
    });

    it('lets exactly one of many consume', async () => {
      await models.upsert(CODE, { stored: { jti: 'code' }, lifetime: 60 });
      const won = await Promise.all(Array.from({ length: 50 }, () => models.consume(CODE)));
      expect(won.filter(Boolean)).to.have.length(1);
    });

    it('says when something was consumed, and lets nobody consume it again', async () => {
      await models.upsert(CODE, { stored: { jti: 'code' }, lifetime: 60 });
      expect(await models.consume(CODE)).to.equal(true);
      const consumed = Math.floor(clock.now() / 1000);
      expect(await models.find(CODE)).to.deep.equal({ jti: 'code', consumed });
      expect(await models.consume(CODE)).to.equal(false);

      await models.upsert(CODE, { stored: { jti: 'code', scope: 'openid' }, lifetime: 60 });
      expect(await models.find(CODE)).to.include({ scope: 'openid', consumed });
      expect(await models.consume(CODE)).to.equal(false);
    });

    it('consumes nothing that is not there, or is over', async () => {
      expect(await models.consume(CODE)).to.equal(false);
      expect(await models.find(CODE)).to.equal(undefined);
      await models.upsert(CODE, { stored: {}, lifetime: 60 });
      clock.advance(60_000);
      expect(await models.consume(CODE)).to.equal(false);
    });

    it('lets what is stored anew, after it was consumed and over, be consumed once more', async () => {
      await models.upsert(CODE, { stored: {}, lifetime: 60 });
      await models.consume(CODE);
      clock.advance(60_000);
      await models.upsert(CODE, { stored: {}, lifetime: 60 });
      expect(await models.find(CODE)).to.deep.equal({});
      expect(await models.consume(CODE)).to.equal(true);
    });

    it('lets exactly one of many add', async () => {
      const added = await Promise.all(
        Array.from({ length: 50 }, (_, at) => models.add(TOKEN, { stored: { at }, lifetime: 60 })),
      );
      expect(added.filter(Boolean)).to.have.length(1);
      expect(await models.find(TOKEN)).to.deep.equal({ at: added.indexOf(true) });
    });

    it('adds again what is over', async () => {
      await models.add(TOKEN, { stored: { first: true }, lifetime: 60 });
      clock.advance(59_999);
      expect(await models.add(TOKEN, { stored: {}, lifetime: 60 })).to.equal(false);
      clock.advance(1);
      expect(await models.add(TOKEN, { stored: {}, lifetime: 60 })).to.equal(true);
    });

    it('revokes every entry of a grant and leaves others, the grant itself included', async () => {
      const grant = { model: 'Grant', id: 'grant' };
      const refresh = { model: 'RefreshToken', id: 'refresh' };
      const foreign = { model: 'AccessToken', id: 'foreign' };
      await models.upsert(grant, { stored: {}, lifetime: 60 });
      await models.upsert(TOKEN, { stored: {}, lifetime: 60, grant: 'grant' });
      await models.upsert(refresh, { stored: {}, grant: 'grant' });
      await models.upsert(foreign, { stored: {}, lifetime: 60, grant: 'another' });

      await Promise.all([models.revokeByGrantId('grant'), models.revokeByGrantId('grant')]);
      expect(await models.find(TOKEN)).to.equal(undefined);
      expect(await models.find(refresh)).to.equal(undefined);
      expect(await models.find(foreign)).to.deep.equal({});
      expect(await models.find(grant)).to.deep.equal({});
    });

    it('revokes what was issued long after the first token of the grant was over', async () => {
      const late = { model: 'AccessToken', id: 'late' };
      await models.upsert(TOKEN, { stored: {}, lifetime: 60, grant: 'grant' });
      clock.advance(3_600_000);
      await models.upsert(late, { stored: {}, lifetime: 60, grant: 'grant' });
      await models.revokeByGrantId('grant');
      expect(await models.find(late)).to.equal(undefined);
    });

    it('revokes a grant that nothing was issued under', async () => {
      await models.revokeByGrantId('grant');
    });

    describe('the grants of an account', () => {
      /** A grant, and what makes it be listed: something that names the account. */
      const grantOf = async (id: string, lifetime?: number, account = 'ada') => {
        await models.upsert({ model: 'Grant', id }, { stored: { jti: id } });
        const token = { stored: {}, grant: id, account, ...(lifetime !== undefined && { lifetime }) };
        await models.upsert({ model: 'RefreshToken', id: `${id}-${lifetime}` }, token);
      };
      const ids = async (account = 'ada') => (await models.grantsOf(account)).map(({ id }) => id).sort();

      it('are those under which something lasts that named it, and nobody else’s', async () => {
        await models.upsert({ model: 'Grant', id: 'unused' }, { stored: { jti: 'unused' } });
        await grantOf('one', 600);
        await grantOf('one', 120);
        await grantOf('two', 60);
        await grantOf('ever');
        await grantOf('gone', 600);
        await grantOf('foreign', 600, 'bob');
        await models.destroy({ model: 'Grant', id: 'gone' });
        expect(await ids()).to.deep.equal(['ever', 'one', 'two']);
        expect(await ids('bob')).to.deep.equal(['foreign']);
        expect(await ids('eve')).to.deep.equal([]);
        clock.advance(60_000);
        expect(await ids()).to.deep.equal(['ever', 'one']);
        clock.advance(540_000);
        expect(await ids()).to.deep.equal(['ever']);
      });

      it('tell what was issued under them, while any of it lasts', async () => {
        const grant = () => models.grant('one');
        expect(await grant()).to.equal(undefined);
        await models.upsert({ model: 'Grant', id: 'one' }, { stored: { jti: 'one' } });
        expect(await grant()).to.deep.equal({ id: 'one', stored: { jti: 'one' } });
        const first = clock.now();
        await grantOf('one', 300);
        clock.advance(10_000);
        await models.upsert(TOKEN, { stored: {}, lifetime: 60, grant: 'one' });
        const expected = { id: 'one', stored: { jti: 'one' }, issuedAt: first + 10_000, until: first + 300_000 };
        expect(await grant()).to.deep.equal(expected);
        expect(await models.grantsOf('ada')).to.deep.equal([expected]);
        clock.advance(290_000);
        expect(await grant()).to.deep.equal({ id: 'one', stored: { jti: 'one' } });
        await models.upsert(TOKEN, { stored: {}, grant: 'one' });
        expect(await grant()).to.include({ until: Number.POSITIVE_INFINITY });
        await models.revokeByGrantId('one');
        expect(await grant()).to.deep.equal({ id: 'one', stored: { jti: 'one' } });
      });

      it('are all there when many are made at once', async () => {
        await Promise.all(Array.from({ length: 20 }, (_, index) => grantOf(`grant-${index}`, 60)));
        expect(await ids()).to.have.length(20);
      });
    });

    it('finds by user code, within the model and the lifetime', async () => {
      const device = { model: 'DeviceCode', id: 'device' };
      await models.upsert(device, { stored: { userCode: 'ABCD' }, lifetime: 60, userCode: 'ABCD' });
      expect(await models.findByUserCode('DeviceCode', 'ABCD')).to.deep.equal({ userCode: 'ABCD' });
      expect(await models.findByUserCode('DeviceCode', 'ABCE')).to.equal(undefined);
      expect(await models.findByUserCode('Other', 'ABCD')).to.equal(undefined);
      clock.advance(60_000);
      expect(await models.findByUserCode('DeviceCode', 'ABCD')).to.equal(undefined);
    });

    it('keeps a copy: what the caller does to its object afterwards is not stored', async () => {
      const stored: Record<string, unknown> = { scope: 'openid' };
      await models.upsert(TOKEN, { stored, lifetime: 60 });
      stored.scope = 'admin';
      expect(await models.find(TOKEN)).to.deep.equal({ scope: 'openid' });
    });
  });
}
