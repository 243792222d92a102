import { type ClaimsParameter, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isAcr } from '../domain/acr.ts';
import { acceptableAcrs } from './requested-acr.ts';

/**
 * Refuses a `claims` parameter (OpenID Connect Core, section 5.5) that is malformed, or that cannot be met by anybody:
 * an essential `acr` with unknown values alone would send people through a sign-in that fails at its end.
 */
export function checkClaimsParameter(_ctx: KoaContextWithOIDC, claims: ClaimsParameter): void {
  for (const container of ['userinfo', 'id_token'] as const) {
    for (const member of Object.values(claims[container] ?? {})) {
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
