import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Access, Accesses, LogoutQueue, Models, Sessions, StandingGrant } from '../domain/ports.ts';
import { authorizationsOf } from './authorizations.ts';
import { scopesOf } from './claims.ts';
import { revokeGrant } from './revoke-grant.ts';
import { usableGrants } from './usable-grants.ts';

export interface AccessesParts {
  readonly models: Models;
  readonly sessions: Sessions;
  readonly queue: LogoutQueue;
  readonly clock: Clock;
}

/** What applications may see of people: the grants that oidc-provider keeps, one or more for each application and session. */
export function createAccesses({ models, sessions, queue, clock }: AccessesParts): Accesses {
  return {
    async of(account, epoch) {
      const good = (await sessions.ofAccount(account)).filter(({ stored }) => stored.epoch === epoch);
      const current = (await usableGrants(models, account, good)).filter(({ stored }) => stored.epoch === epoch);
      const byClient = new Map<string, Access>();
      for (const access of current.map(accessOf)) {
        const other = byClient.get(access.client);
        byClient.set(access.client, other === undefined ? access : both(other, access));
      }
      return [...byClient.values()].sort((one, other) => other.usedAt - one.usedAt);
    },

    async takeBack(account, client) {
      const all = await sessions.ofAccount(account);
      const grants = (await usableGrants(models, account, all)).filter(({ stored }) => stored.clientId === client);
      await Promise.all(grants.map(({ id }) => revokeGrant(models, id)));
      const signedIn = all.flatMap((session) => {
        const found = authorizationsOf(session).find((authorization) => authorization.client === client);
        return found === undefined ? [] : [{ uid: String(session.stored.uid), sid: found.sid }];
      });
      if (grants.length + signedIn.length === 0) return false;

      // Without a session to name, the client is told to end all that it has of this person.
      const told = signedIn.length === 0 ? [undefined] : signedIn.map(({ sid }) => sid);
      for (const sid of told) {
        const logout = { id: randomUUID(), client, account, ...(sid !== undefined && { session: sid }) };
        await queue.add(logout, clock.now());
      }
      await Promise.all(signedIn.map(({ uid }) => sessions.withdraw(uid, client)));
      return true;
    },
  };
}

function accessOf({ stored, issuedAt }: StandingGrant): Access {
  const { clientId, iat, openid } = stored;
  const { scope, claims } = Object(openid);
  const since = Number(iat) * 1_000;
  return {
    client: String(clientId),
    scopes: scopesOf({
      scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
      claims: Array.isArray(claims) ? claims.map(String) : [],
    }),
    since,
    usedAt: issuedAt ?? since,
  };
}

function both(one: Access, other: Access): Access {
  return {
    client: one.client,
    scopes: [...new Set([...one.scopes, ...other.scopes])],
    since: Math.min(one.since, other.since),
    usedAt: Math.max(one.usedAt, other.usedAt),
  };
}
