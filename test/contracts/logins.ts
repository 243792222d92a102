import { expect } from 'chai';
import { newLogin } from '../../src/domain/login.ts';
import type { Logins } from '../../src/domain/ports.ts';
import type { FakeClock } from '../support/clock.ts';

const LIFETIME = 900_000;

/** What every implementation of `Logins` does. `open` answers one without logins, and how to be rid of it. */
export function loginsContract(
  open: () => Promise<{ logins: Logins; clock: FakeClock; close(): Promise<void> }>,
): void {
  describe('as Logins', () => {
    let logins: Logins;
    let clock: FakeClock;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ logins, clock, close } = await open());
    });
    afterEach(() => close());

    it('finds nothing under a uid that nobody saved', async () => {
      expect(await logins.find('unknown')).to.equal(undefined);
    });

    it('finds what was saved, one version on', async () => {
      const login = {
        ...newLogin('uid'),
        account: 'ada',
        epoch: '1.2',
        proofs: [{ factor: 'password', amr: ['pwd'], at: clock.now() }],
        open: { 'prove:totp': { remember: { key: 'ключ' }, show: {}, expiresAt: clock.now() + 5 } },
      };
      expect(await logins.save(login, LIFETIME)).to.equal(true);
      expect(await logins.find('uid')).to.deep.equal({ ...login, version: 1 });
    });

    it('refuses a save that names an old version, and keeps what stands', async () => {
      const login = newLogin('uid');
      await logins.save({ ...login, chosen: 'totp' }, LIFETIME);
      expect(await logins.save({ ...login, chosen: 'sms' }, LIFETIME)).to.equal(false);
      expect(await logins.find('uid')).to.include({ version: 1, chosen: 'totp' });
    });

    it('refuses a save that names a version yet to come', async () => {
      expect(await logins.save({ ...newLogin('uid'), version: 1 }, LIFETIME)).to.equal(false);
      expect(await logins.find('uid')).to.equal(undefined);
    });

    it('lets one of many parallel moves win', async () => {
      await logins.save(newLogin('uid'), LIFETIME);
      const login = await logins.find('uid');
      if (login === undefined) throw new Error('expected a login');

      const moves = Array.from({ length: 50 }, (_, at) => ({ ...login, chosen: `factor-${at}` }));
      const won = await Promise.all(moves.map((move) => logins.save(move, LIFETIME)));
      expect(won.filter(Boolean)).to.have.length(1);
      expect(await logins.find('uid')).to.include({ version: 2, chosen: `factor-${won.indexOf(true)}` });
    });

    it('lets one of many parallel beginnings win', async () => {
      const won = await Promise.all(Array.from({ length: 50 }, () => logins.save(newLogin('uid'), LIFETIME)));
      expect(won.filter(Boolean)).to.have.length(1);
    });

    it('forgets a login when its lifetime is over, and not before', async () => {
      await logins.save(newLogin('uid'), LIFETIME);
      clock.advance(LIFETIME - 1);
      expect(await logins.find('uid')).to.include({ version: 1 });
      clock.advance(1);
      expect(await logins.find('uid')).to.equal(undefined);
      expect(await logins.save({ ...newLogin('uid'), version: 1 }, LIFETIME)).to.equal(false);
      expect(await logins.save(newLogin('uid'), LIFETIME)).to.equal(true);
    });

    it('counts the lifetime from the last save', async () => {
      await logins.save(newLogin('uid'), LIFETIME);
      clock.advance(LIFETIME - 1);
      await logins.save({ ...newLogin('uid'), version: 1 }, LIFETIME);
      clock.advance(LIFETIME - 1);
      expect(await logins.find('uid')).to.include({ version: 2 });
    });

    it('refuses to move a login that was removed', async () => {
      await logins.save(newLogin('uid'), LIFETIME);
      await logins.remove('uid');
      expect(await logins.find('uid')).to.equal(undefined);
      expect(await logins.save({ ...newLogin('uid'), version: 1 }, LIFETIME)).to.equal(false);
    });

    it('keeps logins apart', async () => {
      await logins.save({ ...newLogin('one'), chosen: 'totp' }, LIFETIME);
      await logins.save({ ...newLogin('other'), chosen: 'sms' }, LIFETIME);
      await logins.remove('one');
      expect(await logins.find('other')).to.include({ chosen: 'sms' });
    });

    it('keeps a copy: what the caller does to its login afterwards is not stored', async () => {
      const open: Record<string, { remember: unknown; show: object }> = {};
      await logins.save({ ...newLogin('uid'), open }, LIFETIME);
      open.identify = { remember: 'later', show: {} };
      expect((await logins.find('uid'))?.open).to.deep.equal({});
    });
  });
}
