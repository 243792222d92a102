import { freshnessOf, OWN_PAGE } from '../domain/own-page.ts';
import type { SignInRequest } from '../domain/sign-in-request.ts';

/** Parameters of an authorization request that are ours. */
export const ownParameters = ['sluis_add', 'sluis_fresh'] as const;

/**
 * What our own pages ask for beyond OpenID Connect: `sluis_add` names a factor to set up, on the person's own page alone; `sluis_fresh`
 * (any value) wants a proof of now. From other applications both mean nothing.
 */
export function ownRequest(
  params: Readonly<Record<string, unknown>> | undefined,
): Pick<SignInRequest, 'adding' | 'provedWithin'> {
  const provedWithin = freshnessOf(params?.client_id);
  if (params === undefined || provedWithin === undefined) return {};
  const { client_id: client, sluis_add: adding, sluis_fresh: fresh } = params;
  return {
    ...(client === OWN_PAGE && typeof adding === 'string' && { adding }),
    ...(typeof fresh === 'string' && { provedWithin }),
  };
}
