import type { Client } from '../domain/client.ts';
import type { StoredModel } from '../domain/ports.ts';

/**
 * A client that registered itself (OpenID Connect Dynamic Client Registration 1.0), as oidc-provider keeps it. Nobody vouches for it:
 * it is never the deployment's own, and never exempted from PKCE.
 */
export function registeredClient(stored: StoredModel): Client {
  const { client_id: id, client_name: name, client_secret: secret, ...metadata } = stored;
  return {
    id: String(id),
    name: typeof name === 'string' && name !== '' ? name : String(id),
    metadata,
    ...(typeof secret === 'string' && { secret }),
    firstParty: false,
    pkceRequired: true,
  };
}
