import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { ConsentRequest } from '../domain/sign-in-request.ts';
import { isFirstParty } from './client-metadata.ts';

/** Claims of every ID token: nobody is asked about them. */
const alwaysGiven: readonly string[] = ['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss'];

/** Everything the request asks to see. */
export function askedConsent({ oidc }: KoaContextWithOIDC): ConsentRequest {
  return {
    scopes: [...oidc.requestParamOIDCScopes],
    claims: [...oidc.requestParamClaims].filter((claim) => !alwaysGiven.includes(claim)),
  };
}

/** What of it no consent to this grant was ever asked for. */
export function missingConsent({ scopes, claims }: ConsentRequest, grant: Grant | undefined): ConsentRequest {
  const knownScopes = new Set(grant?.getOIDCScopeEncountered().split(' '));
  const knownClaims = new Set(grant?.getOIDCClaimsEncountered());
  return {
    scopes: scopes.filter((scope) => !knownScopes.has(scope)),
    claims: claims.filter((claim) => !knownClaims.has(claim)),
  };
}

/** What a page must ask the person at this prompt; undefined when there is nothing to agree to. */
export function consentToAsk(ctx: KoaContextWithOIDC, prompt: string): ConsentRequest | undefined {
  const demanded = ctx.oidc.prompts.has('consent') && ctx.oidc.promptPending('consent');
  if (demanded || (prompt === 'consent' && needsConfirmation(ctx))) return askedConsent(ctx);
  if (isFirstParty(ctx.oidc.client)) return undefined;
  // At a login prompt the grant at hand may be of whoever used this browser before.
  const asked = missingConsent(askedConsent(ctx), prompt === 'login' ? undefined : ctx.oidc.grant);
  return asked.scopes.length + asked.claims.length > 0 ? asked : undefined;
}

/**
 * Another app may pose as an app on somebody's device (RFC 8252, section 8.6), so a person must see who asks. The sign-in pages
 * show that too, and a claimed https address cannot be taken by others: then a first-party app goes on. Whoever entered the code of a
 * device has just been shown.
 */
export function needsConfirmation({ oidc: { client, params, result, deviceCode } }: KoaContextWithOIDC): boolean {
  if (client?.applicationType !== 'native' || result?.consent !== undefined || deviceCode !== undefined) return false;
  const isClaimed = typeof params?.redirect_uri === 'string' && params.redirect_uri.startsWith('https:');
  return !(isFirstParty(client) && (isClaimed || result?.login !== undefined));
}
