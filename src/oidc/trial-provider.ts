import type { ClientMetadata, Provider } from 'oidc-provider';
import { createProvider, type ProviderParts } from './provider.ts';

/** Where an administrator's trial of a sign-in comes back to, below the issuer; everything that belongs to it is under this path. */
export const TRIAL_PLACE = '/admin/test-sign-in';

/** How long a trial may take, in milliseconds. */
export const TRIAL_TIME = 600_000;

/**
 * oidc-provider a second time, for sign-ins that administrators try: over the same stores, keys, policy and accounts, so that its ID
 * tokens are those that the application gets. It differs in what must not be there for anybody else:
 *
 * - Its clients come back to the console and nowhere else, so that no code of a trial reaches an application. The provider that
 *   applications use never accepts that address: were it added to every client there, whoever makes a link could have people's codes sent to it.
 * - They prove who they are by PKCE alone (RFC 7636), for Sluis has no way of its own to know their secrets or keys. So its token
 *   endpoint is not routed; `trials.ts` asks it in process. A code of a trial is worth nothing at the real one without the verifier.
 * - They get no refresh tokens.
 * - Its session has a cookie of its own. Whoever signs in on trial, the session in which the administrator is at the console is neither
 *   read nor changed. It is over when the trial is, or could have been.
 */
function createTrialProvider(parts: ProviderParts): Provider {
  const { issuer, settings } = parts;
  const redirect = trialRedirect(issuer);
  return createProvider({
    ...parts,
    settings: { ...settings, lifetimes: { ...settings.lifetimes, session: TRIAL_TIME } },
    variant: {
      sessionCookie: 'sluis-trial',
      authorizationPath: `${TRIAL_PLACE}/auth`,
      clientOf: (metadata) => onTrial(metadata, redirect),
    },
  });
}

/** The provider of trials; made when it is first asked for. */
export type TrialProvider = () => Provider;

/** Most deployments try no sign-in from one rotation of keys to the next. */
export function trialProvider(parts: ProviderParts): TrialProvider {
  let made: Provider | undefined;
  return () => {
    made ??= createTrialProvider(parts);
    return made;
  };
}

/** The redirect URI of every trial. */
export function trialRedirect(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}${TRIAL_PLACE}`;
}

/** The rest stays: which algorithms, scopes and claims, and what it demands of people. */
function onTrial(metadata: ClientMetadata, redirect: string): ClientMetadata {
  const { token_endpoint_auth_signing_alg: _, ...rest } = metadata;
  return {
    ...rest,
    redirect_uris: [redirect],
    response_types: ['code'],
    response_modes: ['query'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
    require_pushed_authorization_requests: false,
    require_signed_request_object: false,
    dpop_bound_access_tokens: false,
  };
}
