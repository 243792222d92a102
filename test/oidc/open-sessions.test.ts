import { expect } from 'chai';
import type { StoredSession } from '../../src/domain/ports.ts';
import { listSessions } from '../../src/oidc/open-sessions.ts';

describe('the sessions of an account', () => {
  const session = (stored: object, clients: readonly string[] = []): StoredSession => ({
    stored: { accountId: 'ada', epoch: '1.0', loginTs: 100, ...stored },
    authorizations: Object.fromEntries(clients.map((id) => [id, { sid: id }])),
  });
  const list = (...all: StoredSession[]) => listSessions({ ofAccount: async () => all })('ada', '1.0');

  it('are those that are still good, the last used first', async () => {
    const found = await list(
      session({ uid: 'a', usedAt: 200_000 }),
      session({ uid: 'b', usedAt: 300_000 }),
      session({ uid: 'c', epoch: '0.0' }),
    );
    expect(found.map(({ uid }) => uid)).to.deep.equal(['b', 'a']);
  });

  it('say where they came from and what they are used for, as far as that is known', async () => {
    const origin = { address: '192.0.2.1', agent: 'curl/8' };
    expect(await list(session({ uid: 'a', origin, usedAt: 200_000 }, ['shop']), session({ uid: 'b' }))).to.deep.equal([
      { uid: 'a', signedInAt: 100_000, usedAt: 200_000, ...origin, clients: ['shop'] },
      { uid: 'b', signedInAt: 100_000, usedAt: 100_000, clients: [] },
    ]);
  });
});
