import { type ClientMetadata, type Configuration, errors, type Client as RegisteredClient } from 'oidc-provider';
import type { Client } from '../domain/client.ts';

const FIRST_PARTY = 'first_party';
const PKCE_REQUIRED = 'pkce_required';
const API_SCOPE = 'api_scope';

/**
 * A client in the words of OpenID Connect Dynamic Client Registration 1.0, section 2, with properties of ours.
 * @param apiScopes what a service may be granted at our own API: to the library these are no scopes, so that no person is asked for them
 */
export function metadataOf(client: Client, apiScopes: readonly string[]): ClientMetadata {
  const { id, name, secret, metadata: given, firstParty, pkceRequired, administers } = client;
  // Our pages alone use the first; the library would refuse one on a developer's own machine, which has no https.
  const { initiate_login_uri: _, scope, ...metadata } = given;
  const named = typeof scope === 'string' ? scope.split(' ') : [];
  const [ofApi, others] = [
    named.filter((one) => apiScopes.includes(one)),
    named.filter((one) => !apiScopes.includes(one)),
  ];
  return {
    ...(isService(metadata) ? { response_types: [], redirect_uris: [] } : undefined),
    ...metadata,
    ...(others.length > 0 && { scope: others.join(' ') }),
    ...(administers !== undefined && { [API_SCOPE]: ofApi.join(' ') }),
    client_id: id,
    client_name: name,
    ...(secret === undefined ? undefined : { client_secret: secret }),
    [FIRST_PARTY]: firstParty,
    [PKCE_REQUIRED]: pkceRequired,
  };
}

/** Our properties come from the store alone: nobody may register as the deployment's own client. */
export const extraClientMetadata: NonNullable<Configuration['extraClientMetadata']> = {
  properties: [FIRST_PARTY, PKCE_REQUIRED, API_SCOPE],
  validator: (ctx, key, value) => {
    // Only a registration request brings a context.
    if (ctx !== undefined && value !== undefined) throw new errors.InvalidClientMetadata(`${key} cannot be registered`);
  },
};

/** First-party clients skip consent. */
export function isFirstParty(client: RegisteredClient | undefined): boolean {
  return client?.[FIRST_PARTY] === true;
}

/** What a service may be granted at our own API; undefined for every other client. */
export function apiScopeOf(client: RegisteredClient): string | undefined {
  const scope = client[API_SCOPE];
  return typeof scope === 'string' ? scope : undefined;
}

/** RFC 7636 is for every client; only a confidential one may be exempted. */
export function requiresPkce(client: RegisteredClient): boolean {
  return client.tokenEndpointAuthMethod === 'none' || client[PKCE_REQUIRED] !== false;
}

// A client that nobody signs in to has no use for the defaults, which expect a redirect.
function isService({ grant_types: grants }: Client['metadata']): boolean {
  return Array.isArray(grants) && grants.length === 1 && grants[0] === 'client_credentials';
}
