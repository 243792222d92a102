import { expect } from 'chai';
import type { SessionChange, Sessions } from '../../src/domain/ports.ts';
import type { FakeClock } from '../support/clock.ts';

const LIFETIME = 3_600;

/** What every implementation of `Sessions` does. `open` answers an empty one, and how to be rid of it. */
export function sessionsContract(
  open: () => Promise<{ sessions: Sessions; clock: FakeClock; close(): Promise<void> }>,
): void {
  describe('as Sessions', () => {
    let sessions: Sessions;
    let clock: FakeClock;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ sessions, clock, close } = await open());
      await sessions.save(fresh, LIFETIME);
    });
    afterEach(() => close());

    const fresh: SessionChange = {
      uid: 'uid',
      cookie: 'first',
      stored: { uid: 'uid', jti: 'first', accountId: 'ada', proofs: [{ factor: 'password' }] },
      authorizations: { shop: { sid: 's', grantId: 'g' } },
      withdrawn: [],
    };
    /** A request that found the session under its first cookie value, and changes nothing. */
    const seen: SessionChange = { ...fresh, foundAs: 'first', authorizations: {} };
    /** The same, where the person proved more and gets a new cookie. */
    const raised: SessionChange = { ...seen, cookie: 'second', stored: { ...fresh.stored, jti: 'second', acr: 'phr' } };

    it('finds a session by its cookie and by its uid', async () => {
      const expected = { stored: fresh.stored, authorizations: fresh.authorizations };
      expect(await sessions.findByCookie('first')).to.deep.equal(expected);
      expect(await sessions.findByUid('uid')).to.deep.equal(expected);
    });

    it('finds nothing by another value, nor by the one kind of value for the other', async () => {
      expect(await sessions.findByCookie('uid')).to.equal(undefined);
      expect(await sessions.findByUid('first')).to.equal(undefined);
    });

    it('keeps every authorization of parallel requests', async () => {
      const clients = Array.from({ length: 20 }, (_, at) => `client-${at}`);
      await Promise.all(
        clients.map((client) => sessions.save({ ...seen, authorizations: { [client]: { sid: client } } }, LIFETIME)),
      );
      const found = await sessions.findByCookie('first');
      expect(found?.authorizations).to.have.all.keys('shop', ...clients);
    });

    it('takes an authorization away for good, whatever a parallel request still has of it', async () => {
      await sessions.save({ ...seen, withdrawn: ['shop'] }, LIFETIME);
      await sessions.save({ ...seen, authorizations: { other: {} } }, LIFETIME);
      expect((await sessions.findByUid('uid'))?.authorizations).to.deep.equal({ other: {} });
    });

    it('moves to a new cookie', async () => {
      await sessions.dropCookie('first');
      expect(await sessions.save(raised, LIFETIME)).to.equal(true);
      expect(await sessions.findByCookie('first')).to.equal(undefined);
      expect(await sessions.findByCookie('second')).to.deep.equal({
        stored: raised.stored,
        authorizations: fresh.authorizations,
      });
    });

    it('lets a request that found the old cookie neither revive it nor undo what the new one stands for', async () => {
      await sessions.dropCookie('first');
      await sessions.save(raised, LIFETIME);
      expect(await sessions.save({ ...seen, authorizations: { late: {} } }, LIFETIME)).to.equal(true);

      expect(await sessions.findByCookie('first')).to.equal(undefined);
      const found = await sessions.findByCookie('second');
      expect(found?.stored).to.deep.equal(raised.stored);
      expect(found?.authorizations).to.have.all.keys('shop', 'late');
    });

    it('ends a session, and no request that found it brings it back', async () => {
      await sessions.end('first');
      expect(await sessions.findByUid('uid')).to.equal(undefined);

      expect(await sessions.save(seen, LIFETIME)).to.equal(false);
      expect(await sessions.save(raised, LIFETIME)).to.equal(false);
      expect(await sessions.findByUid('uid')).to.equal(undefined);
      expect(await sessions.findByCookie('first')).to.equal(undefined);
      expect(await sessions.findByCookie('second')).to.equal(undefined);
    });

    it('ends nothing when the cookie points to nothing', async () => {
      await sessions.end('unknown');
      await sessions.dropCookie('first');
      await sessions.end('first');
      expect(await sessions.findByUid('uid')).to.not.equal(undefined);
    });

    describe('of one account', () => {
      const another: SessionChange = {
        uid: 'another',
        cookie: 'another',
        stored: { uid: 'another', jti: 'another', accountId: 'ada' },
        authorizations: { bank: { sid: 'b' } },
        withdrawn: [],
      };
      const granted = async (account = 'ada') => {
        const found = await sessions.ofAccount(account);
        return found.flatMap(({ authorizations }) => Object.keys(authorizations)).sort();
      };

      it('are all of them, with what they granted, and nobody else’s', async () => {
        await sessions.save(another, LIFETIME);
        const bob = { ...another.stored, accountId: 'bob' };
        await sessions.save({ ...another, uid: 'bob', cookie: 'bob', stored: bob }, LIFETIME);
        await sessions.save({ ...another, uid: 'nobody', cookie: 'nobody', stored: {} }, LIFETIME);
        expect(await granted()).to.deep.equal(['bank', 'shop']);
        expect(await sessions.ofAccount('bob')).to.deep.equal([
          { stored: bob, authorizations: { bank: { sid: 'b' } } },
        ]);
        expect(await sessions.ofAccount('eve')).to.deep.equal([]);
      });

      it('begin with a sign-in and go with who is signed in', async () => {
        const early = { ...another, stored: {}, authorizations: {} };
        await sessions.save(early, LIFETIME);
        expect(await granted()).to.deep.equal(['shop']);
        await sessions.save({ ...another, foundAs: 'another', cookie: 'signed-in' }, LIFETIME);
        expect(await granted()).to.deep.equal(['bank', 'shop']);
        const bob = { ...another.stored, accountId: 'bob' };
        await sessions.save({ ...another, foundAs: 'signed-in', cookie: 'bob', stored: bob }, LIFETIME);
        expect(await granted()).to.deep.equal(['shop']);
        expect(await granted('bob')).to.deep.equal(['bank']);
      });

      it('are there as long as they last, the longest of them, too', async () => {
        await sessions.save(another, LIFETIME * 10);
        await sessions.save({ ...another, uid: 'short', cookie: 'short', authorizations: {} }, LIFETIME);
        await sessions.end('first');
        expect(await granted()).to.deep.equal(['bank']);
        clock.advance(LIFETIME * 10_000 - 1);
        expect(await sessions.ofAccount('ada')).to.have.length(1);
        clock.advance(1);
        expect(await sessions.ofAccount('ada')).to.deep.equal([]);
      });
    });

    it('ends by its uid for good, whatever a request still has of it', async () => {
      await sessions.endByUid('uid');
      expect(await sessions.findByUid('uid')).to.equal(undefined);
      expect(await sessions.findByCookie('first')).to.equal(undefined);
      expect(await sessions.ofAccount('ada')).to.deep.equal([]);
      expect(await sessions.save(seen, LIFETIME)).to.equal(false);
      await sessions.endByUid('nobody');
    });

    it('loses what one client was granted, for good, and nothing else', async () => {
      await sessions.save({ ...seen, authorizations: { bank: { sid: 'b' } } }, LIFETIME);
      await sessions.withdraw('uid', 'shop');
      await sessions.withdraw('uid', 'never');
      await sessions.withdraw('nobody', 'shop');
      await sessions.save(seen, LIFETIME);
      expect(await sessions.findByUid('uid')).to.deep.equal({
        stored: fresh.stored,
        authorizations: { bank: { sid: 'b' } },
      });
      expect(await sessions.findByUid('nobody')).to.equal(undefined);
    });

    it('forgets a session when its lifetime is over, counted from the last save', async () => {
      clock.advance(LIFETIME * 1000 - 1);
      expect(await sessions.save(seen, LIFETIME)).to.equal(true);
      clock.advance(LIFETIME * 1000 - 1);
      expect(await sessions.findByCookie('first')).to.not.equal(undefined);
      clock.advance(1);
      expect(await sessions.findByCookie('first')).to.equal(undefined);
      expect(await sessions.findByUid('uid')).to.equal(undefined);
      expect(await sessions.save(seen, LIFETIME)).to.equal(false);
    });
  });
}
