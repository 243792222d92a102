import { errors, type FindAccount, type Account as FoundAccount, type KoaContextWithOIDC } from 'oidc-provider';
import type { Organizations } from '../domain/ports.ts';
import { epochOfGrant, evidenceOf } from './carried.ts';
import { claimsOf } from './claims.ts';
import type { FindStanding, Standing } from './standing.ts';

/**
 * Finds the account that a session or token names. Undefined, so that oidc-provider asks for a sign-in or refuses the token, when it
 * is gone or disabled, or when it changed (password, factors, e-mail) since the session or the token's grant was made.
 */
export function accountFinder(find: FindStanding, organizations: Organizations): FindAccount {
  return async (ctx, id, token) => {
    const standing = await find(id);
    if (standing === undefined || (token === undefined && isSessionStale(ctx, standing))) return undefined;
    // On refresh and for a code the grant is here already; userinfo loads it later and is checked below.
    if (ctx.oidc.grant !== undefined && token !== undefined && isGrantStale(ctx, standing)) return undefined;
    return signedIn(ctx, standing, organizations);
  };
}

// The library hands the account that was found around by identity.
const standings = new WeakMap<FoundAccount, Standing>();

function signedIn(ctx: KoaContextWithOIDC, standing: Standing, organizations: Organizations): FoundAccount {
  const { account } = standing;
  const found: FoundAccount = {
    accountId: account.id,
    claims: async (use, scope, claims) => {
      if (use === 'userinfo' && isGrantStale(ctx, standing)) throw new errors.InvalidToken('the account changed');
      return claimsOf(account, organizations, new Set([...scope.split(' '), ...Object.keys(claims)]));
    },
  };
  standings.set(found, standing);
  return found;
}

// No session at all: a back-channel request (CIBA), which names an account before anybody signed in.
function isSessionStale({ oidc: { session } }: KoaContextWithOIDC, { epoch }: Standing): boolean {
  return session !== undefined && evidenceOf(session)?.epoch !== epoch;
}

/** Also for the policy of introspection: the token's grant must be loaded. */
export function isGrantStale({ oidc: { grant } }: KoaContextWithOIDC, { epoch }: Standing): boolean {
  return grant === undefined || epochOfGrant(grant) !== epoch;
}

/** The account that this request is about, as `accountFinder` saw it. */
export function foundStanding({ oidc: { account } }: KoaContextWithOIDC): Standing | undefined {
  return account && standings.get(account);
}
