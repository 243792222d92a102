import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { EndSession, EndSessions, LogoutQueue, Models, Sessions, StoredSession } from '../domain/ports.ts';
import { authorizationsOf } from './authorizations.ts';
import { revokeGrant } from './revoke-grant.ts';

export interface SessionEndsParts {
  readonly sessions: Sessions;
  readonly queue: LogoutQueue;
  readonly clock: Clock;
}

/**
 * Puts a logout token for every application of every session of an account into the queue of back-channel logout (OpenID Connect
 * Back-Channel Logout 1.0). Those that never asked to be told are passed over when it is their turn.
 */
export function sessionEnds(parts: SessionEndsParts): EndSessions {
  return async (account, except) => {
    const all = await parts.sessions.ofAccount(account);
    const ended = all.filter(({ stored }) => except === undefined || stored.uid !== except);
    for (const session of ended) await tellAll(parts, account, session);
  };
}

/** Ends one session as `EndSession` says. It goes last: until then, whoever asks again does the rest. */
export function sessionEnd(parts: SessionEndsParts & { readonly models: Models }): EndSession {
  const { sessions, models } = parts;
  return async (account, uid) => {
    const session = await sessions.findByUid(uid);
    if (session === undefined || session.stored.accountId !== account) return false;
    await tellAll(parts, account, session);
    const bound = authorizationsOf(session).filter(({ persists }) => !persists);
    await Promise.all(bound.flatMap(({ grant }) => (grant === undefined ? [] : revokeGrant(models, grant))));
    await sessions.endByUid(uid);
    return true;
  };
}

async function tellAll({ queue, clock }: SessionEndsParts, account: string, session: StoredSession): Promise<void> {
  for (const { client, sid } of authorizationsOf(session)) {
    await queue.add({ id: randomUUID(), client, account, ...(sid !== undefined && { session: sid }) }, clock.now());
  }
}
