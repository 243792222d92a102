import type { Configuration, ResponseType } from 'oidc-provider';
import type { AccountSource } from '../domain/ports.ts';
import { type Api, apiTokens } from './api-tokens.ts';
import { ciba } from './ciba.ts';
import { checkClaimsParameter } from './claims-parameter.ts';
import { deviceFlow } from './device-flow.ts';
import { type ProtocolPages, renderWith } from './protocol-pages.ts';
import type { FindStanding } from './standing.ts';
import { introspectionPolicy, revocationPolicy } from './token-policy.ts';

/** What is off, and can be switched on. */
export interface Switches {
  /** Response types beyond `code`. */
  readonly responseTypes: readonly Exclude<ResponseType, 'code'>[];
  /** OpenID Connect Dynamic Client Registration 1.0. */
  readonly dynamicRegistration: boolean;
  /** RFC 9449. */
  readonly dPoP: boolean;
  /** RFC 8628. */
  readonly deviceFlow: boolean;
  /** OpenID Connect Client-Initiated Backchannel Authentication. */
  readonly ciba: boolean;
  /** RFC 9101. */
  readonly jar: boolean;
}

export interface FeatureParts {
  readonly pages: ProtocolPages;
  readonly accounts: AccountSource;
  readonly find: FindStanding;
  readonly api: Api;
}

/** Every optional part of oidc-provider, on or off. */
export function features(
  switches: Switches,
  { pages, accounts, find, api }: FeatureParts,
): NonNullable<Configuration['features']> {
  const { logoutSource, postLogoutSuccessSource } = renderWith(pages);
  return {
    claimsParameter: { enabled: true, assertClaimsParameter: checkClaimsParameter },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    introspection: { enabled: true, allowedPolicy: introspectionPolicy(find) },
    revocation: { enabled: true, allowedPolicy: revocationPolicy },
    rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    backchannelLogout: { enabled: true },
    userinfo: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: apiTokens(api),
    registration: { enabled: switches.dynamicRegistration },
    dPoP: { enabled: switches.dPoP },
    deviceFlow: deviceFlow(switches.deviceFlow, pages),
    ciba: ciba(switches.ciba, accounts),
    requestObjects: { enabled: switches.jar },
  };
}

/** Ways to hand the response to the application. `fragment` is for tokens that never reach its server, so it comes with them alone. */
export function responseModes({ responseTypes }: Switches): readonly string[] {
  const modes = ['query', 'form_post'];
  return responseTypes.some((type) => type !== 'none') ? [...modes, 'fragment'] : modes;
}
