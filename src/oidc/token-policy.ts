import type { AccessToken, Client, ClientCredentials, KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { isGrantStale } from './accounts.ts';
import type { FindStanding } from './standing.ts';

type Token = AccessToken | ClientCredentials | RefreshToken;

/**
 * Who may learn whether a token is good (RFC 7662, section 2.1): resource servers any, public clients their own. A token of an account
 * that is gone, disabled or changed is not active.
 */
export function introspectionPolicy(find: FindStanding) {
  return async (ctx: KoaContextWithOIDC, client: Client, token: Token): Promise<boolean> => {
    if (client.tokenEndpointAuthMethod === 'none' && token.clientId !== client.clientId) return false;
    if (!('accountId' in token)) return true;
    const standing = await find(token.accountId);
    return standing !== undefined && !isGrantStale(ctx, standing);
  };
}

/** A client revokes its own tokens (RFC 7009, section 2.1); a public one, which anybody may pose as, does not learn whose a token is. */
export function revocationPolicy(_ctx: KoaContextWithOIDC, client: Client, token: Token): boolean {
  if (token.clientId === client.clientId) return true;
  if (client.tokenEndpointAuthMethod === 'none') return false;
  throw new errors.InvalidRequest('client is not authorized to revoke the presented token');
}
