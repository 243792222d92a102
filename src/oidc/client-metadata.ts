import { type ClientMetadata, type Configuration, errors, type Client as RegisteredClient } from 'oidc-provider';
import type { Client } from '../domain/client.ts';

const FIRST_PARTY = 'first_party';
const PKCE_REQUIRED = 'pkce_required';

/** A client in the words of OpenID Connect Dynamic Client Registration 1.0, section 2, with two properties of ours. */
export function metadataOf({ id, name, secret, metadata: given, firstParty, pkceRequired }: Client): ClientMetadata {
  // Our pages alone use it; the library would refuse one on a developer's own machine, which has no https.
  const { initiate_login_uri: _, ...metadata } = given;
  return {
    ...(isService(metadata) ? { response_types: [], redirect_uris: [] } : undefined),
    ...metadata,
    client_id: id,
    client_name: name,
    ...(secret === undefined ? undefined : { client_secret: secret }),
    [FIRST_PARTY]: firstParty,
    [PKCE_REQUIRED]: pkceRequired,
  };
}

/** Our properties come from the store alone: nobody may register as the deployment's own client. */
export const extraClientMetadata: NonNullable<Configuration['extraClientMetadata']> = {
  properties: [FIRST_PARTY, PKCE_REQUIRED],
  validator: (ctx, key, value) => {
    // Only a registration request brings a context.
    if (ctx !== undefined && value !== undefined) throw new errors.InvalidClientMetadata(`${key} cannot be registered`);
  },
};

/** First-party clients skip consent. */
export function isFirstParty(client: RegisteredClient | undefined): boolean {
  return client?.[FIRST_PARTY] === true;
}

/** RFC 7636 is for every client; only a confidential one may be exempted. */
export function requiresPkce(client: RegisteredClient): boolean {
  return client.tokenEndpointAuthMethod === 'none' || client[PKCE_REQUIRED] !== false;
}

// A client that nobody signs in to has no use for the defaults, which expect a redirect.
function isService({ grant_types: grants }: Client['metadata']): boolean {
  return Array.isArray(grants) && grants.length === 1 && grants[0] === 'client_credentials';
}
