import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { EndSessions, LogoutQueue, Sessions, StoredSession } from '../domain/ports.ts';

export interface SessionEndsParts {
  readonly sessions: Sessions;
  readonly queue: LogoutQueue;
  readonly clock: Clock;
}

/**
 * Puts a logout token for every application of every session of an account into the queue of back-channel logout (OpenID Connect
 * Back-Channel Logout 1.0). Those that never asked to be told are passed over when it is their turn.
 */
export function sessionEnds({ sessions, queue, clock }: SessionEndsParts): EndSessions {
  return async (account, except) => {
    const all = await sessions.ofAccount(account);
    const ended = all.filter(({ stored }) => except === undefined || stored.uid !== except);
    for (const { client, session } of ended.flatMap(signedInAt)) {
      await queue.add({ id: randomUUID(), client, account, ...(session !== undefined && { session }) }, clock.now());
    }
  };
}

/** Where a session is used: oidc-provider keeps the `sid` of each application with its authorization. */
function signedInAt({ authorizations }: StoredSession): readonly { client: string; session?: string }[] {
  return Object.entries(authorizations).map(([client, authorization]) => {
    const sid = Object(authorization).sid;
    return { client, ...(typeof sid === 'string' && { session: sid }) };
  });
}
