import { expect } from 'chai';
import type { PendingLogout } from '../../src/domain/ports.ts';
import { sessionEnds } from '../../src/oidc/session-ends.ts';
import { memorySessions } from '../../src/stores/memory/sessions.ts';
import { FakeClock } from '../support/clock.ts';

describe('the end of all sessions of an account', () => {
  it('is told to every application of every one of them, with the id that the session has there', async () => {
    const clock = new FakeClock();
    const sessions = memorySessions({ clock });
    const signIn = (uid: string, account: string, authorizations: Record<string, unknown>) =>
      sessions.save(
        { uid, cookie: uid, stored: { uid, jti: uid, accountId: account }, authorizations, withdrawn: [] },
        3_600,
      );
    await signIn('laptop', 'ada', { shop: { sid: 'one', grantId: 'g' }, bank: { sid: 'two' } });
    await signIn('phone', 'ada', { shop: { sid: 'three' }, old: {} });
    await signIn('other', 'bob', { shop: { sid: 'four' } });

    const told: (PendingLogout & { readonly due: number })[] = [];
    const unused = () => Promise.reject(new Error('not asked for'));
    const queue = {
      add: async (logout: PendingLogout, due: number) => void told.push({ ...logout, due }),
      lease: unused,
      retry: unused,
      remove: unused,
    };
    await sessionEnds({ sessions, queue, clock })('ada');

    const due = clock.now();
    expect(told.map(({ id: _, ...rest }) => rest)).to.have.deep.members([
      { client: 'shop', account: 'ada', session: 'one', due },
      { client: 'bank', account: 'ada', session: 'two', due },
      { client: 'shop', account: 'ada', session: 'three', due },
      { client: 'old', account: 'ada', due },
    ]);
    expect(new Set(told.map(({ id }) => id)).size).to.equal(4);

    told.length = 0;
    await sessionEnds({ sessions, queue, clock })('ada', 'laptop');
    expect(
      told.map(({ session }) => session),
      'all but one',
    ).to.have.members(['three', undefined]);
  });
});
