import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { Sessions, StoredSession } from '../domain/ports.ts';

type Authorizations = NonNullable<AdapterPayload['authorizations']>;

/** A session as this request found it. */
interface Found {
  readonly cookie: string;
  /** JSON of each client's authorization, by client id. */
  readonly authorizations: ReadonlyMap<string, string>;
}

export interface SessionAdapterParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** oidc-provider's sessions over our port: only what a request changed is written, and a new cookie value moves nothing. */
export function sessionAdapter({ sessions, clock }: SessionAdapterParts): Adapter {
  // The library hands back the very object of authorizations that it was given, so that tells which session was found.
  const found = new WeakMap<object, Found>();

  function remember(cookie: string, authorizations: Authorizations): void {
    const entries = Object.entries(authorizations).map(([client, value]) => [client, JSON.stringify(value)] as const);
    found.set(authorizations, { cookie, authorizations: new Map(entries) });
  }

  function payloadOf(session: StoredSession | undefined, cookie?: string): AdapterPayload | undefined {
    if (session === undefined) return undefined;
    const authorizations = session.authorizations as Authorizations;
    const jti = cookie ?? String(session.stored.jti);
    remember(jti, authorizations);
    return { ...session.stored, jti, authorizations };
  }

  return {
    async upsert(jti, payload, lifetime = 0) {
      const { authorizations = {}, ...stored } = payload;
      const before = found.get(authorizations);
      const change = {
        uid: uidOf(payload),
        cookie: jti,
        ...(before === undefined ? {} : { foundAs: before.cookie }),
        stored: { ...stored, usedAt: clock.now() },
        authorizations: changedSince(before, authorizations),
        withdrawn: [...(before?.authorizations.keys() ?? [])].filter((client) => authorizations[client] === undefined),
      };
      if (!(await sessions.save(change, lifetime))) throw new errors.SessionNotFound('the session has ended');
      remember(jti, authorizations);
    },

    find: async (jti) => payloadOf(await sessions.findByCookie(jti), jti),

    findByUid: async (uid) => payloadOf(await sessions.findByUid(uid)),

    async destroy(jti) {
      // The library destroys the old cookie value when it gives a session a new one.
      const session = Provider.ctx?.oidc.session;
      if (session !== undefined && 'oldId' in session && session.oldId === jti) await sessions.dropCookie(jti);
      else await sessions.end(jti);
    },

    findByUserCode: notOfSessions,
    consume: notOfSessions,
    revokeByGrantId: notOfSessions,
  };
}

function changedSince(before: Found | undefined, now: Authorizations): Authorizations {
  const changed = Object.entries(now).filter(
    ([client, value]) => before?.authorizations.get(client) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed);
}

function uidOf({ uid }: AdapterPayload): string {
  if (typeof uid !== 'string') throw new TypeError('expected a session with a uid');
  return uid;
}

async function notOfSessions(): Promise<undefined> {
  return undefined;
}
