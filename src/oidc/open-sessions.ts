import type { ListSessions, OpenSession, Sessions, StoredSession } from '../domain/ports.ts';

/** Lists sessions from what oidc-provider and Sluis keep of each. */
export function listSessions(sessions: Pick<Sessions, 'ofAccount'>): ListSessions {
  return async (account, epoch) => {
    const all = await sessions.ofAccount(account);
    const good = all.filter(({ stored }) => stored.epoch === epoch);
    return good.map(openSession).sort((one, other) => other.usedAt - one.usedAt);
  };
}

function openSession({ stored, authorizations }: StoredSession): OpenSession {
  const { uid, loginTs, usedAt } = stored;
  const { address, agent } = Object(stored.origin);
  const signedInAt = Number(loginTs) * 1_000;
  return {
    uid: String(uid),
    signedInAt,
    usedAt: typeof usedAt === 'number' ? usedAt : signedInAt,
    ...(typeof address === 'string' && { address }),
    ...(typeof agent === 'string' && agent !== '' && { agent }),
    clients: Object.keys(authorizations),
  };
}
