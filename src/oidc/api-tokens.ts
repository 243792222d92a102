import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { apiScopeOf } from './client-metadata.ts';

/** Our own API as a protected resource. */
export interface Api {
  /** Names it in requests and tokens (RFC 8707): its address. */
  readonly resource: string;
  /** Everything that a service may be granted there. */
  readonly scopes: readonly string[];
}

/**
 * Access tokens for our API: to services alone, by client credentials, with scopes that they are registered for. They name the API as
 * their audience, so no other token opens it, and they open nothing else. Asking for scopes is asking for the API: `resource` may be
 * left out.
 */
export function apiTokens({ resource: api }: Api) {
  return {
    enabled: true,
    defaultResource: async ({ oidc }: KoaContextWithOIDC, client: Client) =>
      isOwnGrant(oidc) && apiScopeOf(client) !== undefined && oidc.params?.scope !== undefined ? api : undefined,
    getResourceServerInfo: async ({ oidc }: KoaContextWithOIDC, resource: string, client: Client) => {
      const registered = apiScopeOf(client);
      if (resource !== api || !isOwnGrant(oidc) || registered === undefined) throw new errors.InvalidTarget();
      const asked = [...oidc.requestParamScopes];
      const refused = asked.find((scope) => !registered.split(' ').includes(scope));
      if (refused !== undefined) throw new errors.InvalidScope('requested scope is not allowed', refused);
      if (asked.length === 0) throw new errors.InvalidScope('scope is missing', '');
      return { scope: registered, audience: api, accessTokenFormat: 'opaque' as const };
    },
    // A person's tokens are for userinfo; none is ever for a resource of its own.
    useGrantedResource: async () => false,
  } satisfies NonNullable<Configuration['features']>['resourceIndicators'];
}

function isOwnGrant({ params }: KoaContextWithOIDC['oidc']): boolean {
  return params?.grant_type === 'client_credentials';
}
