import type { Provider } from 'oidc-provider';
import type { Api } from './api-tokens.ts';

/** What an access token at our API says. */
export interface ServiceToken {
  /** `client_id` of the service that it was issued to. */
  readonly client: string;
  readonly scopes: readonly string[];
}

/** Undefined for a token that is no token, is over, was revoked, is a person's, or is for something else. */
export type FindServiceToken = (token: string) => Promise<ServiceToken | undefined>;

/**
 * Reads the access tokens that `apiTokens` lets oidc-provider issue: anew each time, so that a revoked one is refused at once.
 * @param provider the one of now: another takes its place when signing keys change
 */
export function serviceTokenFinder(provider: () => Provider, { resource }: Api): FindServiceToken {
  return async (token) => {
    const found = await provider().ClientCredentials.find(token);
    if (found?.clientId === undefined || found.aud !== resource) return undefined;
    // It is worth something only together with a proof of its key (RFC 9449, section 7.2), which nobody asks for here.
    if (found.isSenderConstrained()) return undefined;
    return { client: found.clientId, scopes: [...found.scopes] };
  };
}
