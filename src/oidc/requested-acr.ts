/** What a request says about `acr`. */
export interface RequestedAcr {
  /** Any one of them is acceptable; empty when the request does not care. */
  readonly values: readonly string[];
  /** The request fails when none of them is reached (OpenID Connect Core, section 5.5.1.1). */
  readonly essential: boolean;
}

/**
 * Reads the `acr` of an authorization request: the `claims` parameter where it names values, else `acr_values`.
 *
 * @param params of the request, already checked by oidc-provider
 */
export function requestedAcr(params: Readonly<Record<string, unknown>> | undefined): RequestedAcr {
  const claim = acrClaim(params?.claims);
  const values = acceptableAcrs(claim);
  if (values.length > 0) return { values, essential: isObject(claim) && claim.essential === true };
  const voluntary = params?.acr_values;
  return { values: typeof voluntary === 'string' ? voluntary.split(' ').filter(Boolean) : [], essential: false };
}

/** The values that an `acr` member of the `claims` parameter names. */
export function acceptableAcrs(claim: unknown): readonly string[] {
  if (!isObject(claim)) return [];
  const named = Array.isArray(claim.values) ? claim.values : [claim.value];
  return named.filter((value) => typeof value === 'string');
}

function acrClaim(claims: unknown): unknown {
  if (typeof claims !== 'string') return undefined;
  const parsed: unknown = JSON.parse(claims);
  return isObject(parsed) && isObject(parsed.id_token) ? parsed.id_token.acr : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
