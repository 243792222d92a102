import { expect } from 'chai';
import type { Accesses, EndSession, Models, PendingLogout, Sessions } from '../../src/domain/ports.ts';
import { createAccesses } from '../../src/oidc/accesses.ts';
import { sessionEnd } from '../../src/oidc/session-ends.ts';
import { memoryModels } from '../../src/stores/memory/models.ts';
import { memorySessions } from '../../src/stores/memory/sessions.ts';
import { FakeClock } from '../support/clock.ts';

const DAY = 86_400;

describe('what applications may see of somebody', () => {
  let clock: FakeClock;
  let models: Models;
  let sessions: Sessions;
  let accesses: Accesses;
  let endSession: EndSession;
  let told: Omit<PendingLogout, 'id'>[];

  beforeEach(() => {
    clock = new FakeClock(1_000_000);
    models = memoryModels({ clock });
    sessions = memorySessions({ clock });
    told = [];
    const unused = () => Promise.reject(new Error('not asked for'));
    const queue = {
      add: async ({ id: _, ...logout }: PendingLogout) => void told.push(logout),
      lease: unused,
      retry: unused,
      remove: unused,
    };
    const parts = { models, sessions, queue, clock };
    accesses = createAccesses(parts);
    endSession = sessionEnd(parts);
  });

  const grant = (id: string, clientId: string, more: object = {}) => {
    const openid = { scope: 'openid profile', claims: ['email'] };
    const stored = { jti: id, accountId: 'ada', clientId, epoch: '1.0', iat: 1_000, openid, ...more };
    return models.upsert({ model: 'Grant', id }, { stored, lifetime: DAY });
  };
  const token = (of: string, id = `${of}-token`) =>
    models.upsert(
      { model: 'RefreshToken', id },
      {
        stored: { jti: id },
        lifetime: 600,
        grant: of,
        account: 'ada',
      },
    );
  const session = (uid: string, authorizations: object, more: object = {}) => {
    const stored = { uid, jti: uid, accountId: 'ada', epoch: '1.0', ...more };
    return sessions.save({ uid, cookie: uid, stored, authorizations: { ...authorizations }, withdrawn: [] }, DAY);
  };
  const listed = async () => (await accesses.of('ada', '1.0')).map(({ client }) => client);
  const stands = async (id: string) => (await models.find({ model: 'Grant', id })) !== undefined;

  it('is what a session or a token can be used for now, and nothing of before the account changed', async () => {
    await grant('held', 'shop');
    await session('laptop', { shop: { sid: 's', grantId: 'held' } });
    await grant('beyond', 'planner');
    await token('beyond');
    await grant('over', 'forgotten');
    await grant('stale', 'old', { epoch: '0.0' });
    await token('stale');
    await grant('stale-session', 'older');
    await session('phone', { older: { sid: 'o', grantId: 'stale-session' } }, { epoch: '0.0' });
    expect(await listed()).to.have.members(['shop', 'planner']);
    expect(await accesses.of('bob', '1.0')).to.deep.equal([]);
    clock.advance(600_000);
    expect(await listed(), 'its tokens are over').to.deep.equal(['shop']);
  });

  it('is told once for each application, whatever it was granted in which session', async () => {
    await grant('one', 'shop');
    await token('one');
    await grant('two', 'shop', { iat: 2_000, openid: { scope: 'openid offline_access' } });
    clock.advance(5_000);
    await token('two');
    expect(await accesses.of('ada', '1.0')).to.deep.equal([
      {
        client: 'shop',
        scopes: ['openid', 'profile', 'email', 'offline_access'],
        since: 1_000_000,
        usedAt: 1_005_000,
      },
    ]);
  });

  it('is taken back everywhere, of one application alone, which is told of every session', async () => {
    await grant('held', 'shop');
    await token('held');
    await session('laptop', { shop: { sid: 'one', grantId: 'held' }, bank: { sid: 'b', grantId: 'kept' } });
    await session('phone', { shop: { sid: 'two', grantId: 'gone' } });
    await grant('kept', 'bank');
    expect(await accesses.takeBack('ada', 'shop')).to.equal(true);
    expect(await listed()).to.deep.equal(['bank']);
    expect(await models.find({ model: 'RefreshToken', id: 'held-token' })).to.equal(undefined);
    expect(await stands('held')).to.equal(false);
    expect((await sessions.findByUid('laptop'))?.authorizations).to.have.all.keys('bank');
    expect((await sessions.findByUid('phone'))?.authorizations).to.deep.equal({});
    expect(told).to.have.deep.members([
      { client: 'shop', account: 'ada', session: 'one' },
      { client: 'shop', account: 'ada', session: 'two' },
    ]);
    expect(await accesses.takeBack('ada', 'shop'), 'nothing is left').to.equal(false);
    expect(await accesses.takeBack('bob', 'bank'), 'nobody else’s').to.equal(false);
    expect(await stands('kept')).to.equal(true);
  });

  it('is taken back where only tokens are left, and the application told about the person', async () => {
    await grant('beyond', 'planner');
    await token('beyond');
    expect(await accesses.takeBack('ada', 'planner')).to.equal(true);
    expect(told).to.deep.equal([{ client: 'planner', account: 'ada' }]);
  });

  it('ends with the one session that it came from, except where it was granted for longer', async () => {
    await grant('held', 'shop');
    await token('held');
    await grant('lasting', 'planner');
    await session('laptop', {
      shop: { sid: 'one', grantId: 'held' },
      planner: { sid: 'p', grantId: 'lasting', persistsLogout: true },
    });
    await session('phone', { shop: { sid: 'two' } });
    expect(await endSession('bob', 'laptop'), 'not theirs').to.equal(false);
    expect(await endSession('ada', 'laptop')).to.equal(true);
    expect(await endSession('ada', 'laptop')).to.equal(false);
    expect([await stands('held'), await stands('lasting')]).to.deep.equal([false, true]);
    expect((await sessions.ofAccount('ada')).map(({ stored }) => stored.uid)).to.deep.equal(['phone']);
    expect(told).to.have.deep.members([
      { client: 'shop', account: 'ada', session: 'one' },
      { client: 'planner', account: 'ada', session: 'p' },
    ]);
  });
});
