import { type ClaimsParameter, type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isAcr } from '../domain/acr.ts';
import { scopeOf } from './claims.ts';
import { acceptableAcrs } from './requested-acr.ts';

/**
 * Refuses a `claims` parameter (OpenID Connect Core, section 5.5) that is malformed, that names a claim of a scope which the client
 * may not ask for, or that cannot be met by anybody: an essential `acr` with unknown values alone would send people through a sign-in
 * that fails at its end.
 */
export function checkClaimsParameter(_ctx: KoaContextWithOIDC, claims: ClaimsParameter, client: Client): void {
  for (const container of ['userinfo', 'id_token'] as const) {
    for (const [name, member] of Object.entries(claims[container] ?? {})) {
      if (!maySee(client, name))
        throw new errors.InvalidRequest(`claims.${container} has a claim that this client may not see`);
      if (typeof member !== 'object' || Array.isArray(member)) {
        throw new errors.InvalidRequest(`claims.${container} members must be null or objects`);
      }
    }
  }
  const acr = claims.id_token?.acr;
  const values = acceptableAcrs(acr);
  if (acr?.essential === true && values.length > 0 && !values.some(isAcr)) {
    throw new errors.UnmetAuthenticationRequirements('none of the essential acr values is supported');
  }
}

/** Whether a client whose metadata limits its scopes may have a claim by its name alone. */
function maySee({ scope: allowed }: Client, claim: string): boolean {
  const scope = scopeOf(claim);
  return allowed === undefined || scope === undefined || scope === 'openid' || allowed.split(' ').includes(scope);
}
