import { FRESH, OWN_PAGE } from '../domain/own-page.ts';
import type { SignInRequest } from '../domain/sign-in-request.ts';

/** Parameters of an authorization request that are ours. */
export const ownParameters = ['sluis_add', 'sluis_fresh'] as const;

/**
 * What the person's own page asks for beyond OpenID Connect: `sluis_add` names a factor to set up, `sluis_fresh` (any value) wants a
 * proof of now. From other applications both mean nothing.
 */
export function ownRequest(
  params: Readonly<Record<string, unknown>> | undefined,
): Pick<SignInRequest, 'adding' | 'provedWithin'> {
  if (params?.client_id !== OWN_PAGE) return {};
  const { sluis_add: adding, sluis_fresh: fresh } = params;
  return {
    ...(typeof adding === 'string' && { adding }),
    ...(typeof fresh === 'string' && { provedWithin: FRESH }),
  };
}
