import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider';
import type { Logger } from 'pino';
import { acrs } from '../domain/acr.ts';
import type { Clock } from '../domain/clock.ts';
import type { AccountSource, Clients, Holders, Models, Organizations, Sessions } from '../domain/ports.ts';
import type { SigningKey } from '../domain/signing-key.ts';
import { accountFinder } from './accounts.ts';
import { createAdapter } from './adapter.ts';
import { answerRequestedAcr } from './answered-acr.ts';
import type { Api } from './api-tokens.ts';
import type { IsEnough } from './assurance.ts';
import { carryEvidence } from './carried.ts';
import { claimsByScope, scopes } from './claims.ts';
import { clientFinder } from './client-finder.ts';
import { extraClientMetadata, requiresPkce } from './client-metadata.ts';
import { cookies } from './cookies.ts';
import { allowsOrigin } from './cross-origin.ts';
import { exactDiscovery } from './discovery.ts';
import { features, responseModes, type Switches } from './features.ts';
import { acceptFormerSecrets } from './former-secrets.ts';
import { loadExistingGrant } from './grants.ts';
import { interactionPolicyFor } from './interaction-policy.ts';
import { cacheKeySet } from './key-set-caching.ts';
import { type Lifetimes, ttl } from './lifetimes.ts';
import { outboundFetch } from './outbound-fetch.ts';
import { speakAsIssuer } from './own-address.ts';
import { ownParameters } from './own-request.ts';
import { logProtocol } from './protocol-log.ts';
import { type ProtocolPages, renderWith } from './protocol-pages.ts';
import { endTokensAtSignOut, expiresWithSession, issueRefreshToken } from './session-binding.ts';
import { keepEvidence } from './sign-in-evidence.ts';
import { jwksOf } from './signing-keys.ts';
import { standingFinder } from './standing.ts';
import { leaveUnsavedSessions } from './unsaved-session.ts';

export interface OidcSettings extends Switches {
  readonly lifetimes: Lifetimes;
  /** Hosts, IP addresses and ranges that may be called although they are private. */
  readonly allowPrivateAddresses: readonly string[];
  readonly signingKeys: {
    /** Milliseconds from when a key is published until it signs. */
    readonly leadTime: number;
  };
}

export interface ProviderParts {
  /** Issuer identifier; its path is where Sluis is mounted. */
  readonly issuer: string;
  readonly settings: OidcSettings;
  readonly models: Models;
  readonly sessions: Sessions;
  readonly clients: Clients;
  readonly accounts: AccountSource;
  readonly organizations: Organizations;
  /** All are published; the first of an algorithm signs. */
  readonly keys: readonly SigningKey[];
  readonly holders: Holders;
  readonly isEnough: IsEnough;
  readonly pages: ProtocolPages;
  readonly api: Api;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Absent for the one that applications use. */
  readonly variant?: Variant;
}

/** Where another provider over the same stores differs. */
export interface Variant {
  /** Name of its session's cookie, without a prefix. */
  readonly sessionCookie: string;
  readonly authorizationPath: string;
  /** Makes a client as this provider sees it of how it is registered. */
  readonly clientOf: (metadata: ClientMetadata) => ClientMetadata;
}

/** oidc-provider as Sluis wants it: a Koa app to mount under the issuer's path, beside the sign-in pages. */
export function createProvider(parts: ProviderParts): Provider {
  const { issuer, models, sessions, clients, clock, logger } = parts;
  const client = clientFinder({
    clients,
    apiScopes: parts.api.scopes,
    clock,
    logger,
    validate: (metadata) => provider.Client.validate(metadata),
    ...(parts.variant && { variantOf: parts.variant.clientOf }),
  });
  const adapter = createAdapter({ models, sessions, clock, client });
  const provider = new Provider(issuer, { ...configurationOf(parts), adapter });
  acceptFormerSecrets(provider, { clients, clock });
  carryEvidence(provider);
  leaveUnsavedSessions(provider);
  keepEvidence(provider);
  answerRequestedAcr(provider);
  endTokensAtSignOut(provider);
  logProtocol(provider, logger);
  speakAsIssuer(provider);
  exactDiscovery(provider, responseModes(parts.settings));
  cacheKeySet(provider, parts.settings.signingKeys.leadTime);
  return provider;
}

function configurationOf(parts: ProviderParts): Configuration {
  const { issuer, settings, pages, accounts, variant } = parts;
  const find = standingFinder(parts.holders);
  const base = new URL(issuer).pathname.replace(/\/$/, '');
  return {
    acrValues: acrs,
    claims: claimsByScope,
    extraParams: [...ownParameters],
    scopes,
    // Claims of a scope are in the ID token too, so that an application needs no second request.
    conformIdTokenClaims: false,
    responseTypes: ['code', ...settings.responseTypes],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    clientDefaults: {
      grant_types: ['authorization_code'],
      response_types: ['code'],
      response_modes: responseModes(settings),
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_basic',
    },
    extraClientMetadata,
    clientBasedCORS: allowsOrigin,
    pkce: { required: (_ctx, client) => requiresPkce(client) },
    jwks: jwksOf(parts.keys),
    cookies: cookies(issuer, variant?.sessionCookie),
    ...(variant && { routes: { authorization: variant.authorizationPath } }),
    ttl: ttl(settings.lifetimes, parts.clock),
    features: features(settings, { pages, accounts, find, api: parts.api }),
    findAccount: accountFinder(find, parts.organizations),
    loadExistingGrant,
    issueRefreshToken,
    expiresWithSession,
    rotateRefreshToken: true,
    interactions: {
      policy: interactionPolicyFor(parts.isEnough),
      url: (_ctx, { uid }) => `${base}/interaction/${uid}`,
    },
    renderError: renderWith(pages).renderError,
    fetch: outboundFetch(settings.allowPrivateAddresses),
  };
}
