import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { Epoch } from '../domain/login.ts';
import type { Sessions, StoredSession } from '../domain/ports.ts';
import type { SessionStanding } from '../domain/sign-in-request.ts';
import { authorizationsOf } from './authorizations.ts';
import { epochOfGrant, evidenceOf, putEpoch } from './carried.ts';

/** The session of a browser that is signed in to one of our own pages. */
export interface OwnSession extends SessionStanding {
  readonly uid: string;
}

/** What one of our own pages knows of the protocol: which session a browser is in, and how to stay in it after a change. */
export interface OwnSessions {
  /** Undefined where nobody is signed in, or never through the front door to this page. */
  find(ctx: Context): Promise<OwnSession | undefined>;
  /** Redeems an authorization code. @returns `uid` of the session that it was made in */
  redeem(code: string): Promise<string | undefined>;
  /**
   * Lets this session, and what its applications were granted, go on after a change of the person's own that ends all others.
   * @param epoch what that change made of the account's: should anything else have changed meanwhile, this session ends as well
   */
  renew(session: Pick<OwnSession, 'uid' | 'epoch'>, epoch: Epoch): Promise<void>;
}

export interface OwnSessionsParts {
  /** `client_id` of the page. */
  readonly client: string;
  /** The one of now: another takes its place when signing keys change. */
  readonly provider: () => Provider;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

export function createOwnSessions({ client, provider, sessions, clock }: OwnSessionsParts): OwnSessions {
  return {
    async find(ctx) {
      const cookie = ctx.cookies.get(provider().cookieName('session'));
      const found = cookie === undefined ? undefined : await sessions.findByCookie(cookie);
      return found?.authorizations[client] === undefined ? undefined : ownSessionOf(found);
    },

    async redeem(code) {
      const found = await provider().AuthorizationCode.find(code);
      if (found === undefined || found.clientId !== client) return undefined;
      await found.destroy();
      return found.sessionUid;
    },

    async renew({ uid, epoch: before }, epoch) {
      const found = await sessions.findByUid(uid);
      if (found === undefined || found.stored.epoch !== before) return;
      const { jti, exp } = found.stored;
      const cookie = String(jti);
      const lifetime = Number(exp) - Math.floor(clock.now() / 1_000);
      const stored = { ...found.stored, epoch };
      if (lifetime > 0) {
        await sessions.save({ uid, cookie, foundAs: cookie, stored, authorizations: {}, withdrawn: [] }, lifetime);
      }
      const grants = authorizationsOf(found).flatMap(({ grant = [] }) => grant);
      await Promise.all(grants.map((grant) => renewGrant(provider(), grant, { before, epoch })));
    },
  };
}

async function renewGrant(provider: Provider, id: string, { before, epoch }: { before: Epoch; epoch: Epoch }) {
  const grant = await provider.Grant.find(id);
  if (grant === undefined || epochOfGrant(grant) !== before) return;
  putEpoch(grant, epoch);
  await grant.save();
}

function ownSessionOf({ stored }: StoredSession): OwnSession | undefined {
  const { uid, accountId: account } = stored;
  const evidence = evidenceOf(stored);
  if (typeof uid !== 'string' || typeof account !== 'string' || evidence === undefined) return undefined;
  return { uid, account, ...evidence };
}
