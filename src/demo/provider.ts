import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import type { Clock } from '../domain/clock.ts';
import type { Locale } from '../domain/locale.ts';
import { type Attempt, isHonoured, parametersOf } from './attempt.ts';
import { createConfigure, type Registration, scopeOf } from './configure.ts';
import { createLogoutTokenCheck, type LogoutToken } from './logout-token.ts';
import { SignInError, signInErrorOf } from './sign-in-error.ts';

/** What one sign-in gave. The claims are those of an ID token whose signature, issuer, audience, nonce and times were verified. */
export interface SignedIn {
  readonly claims: client.IDToken;
  /** Header of the ID token. */
  readonly header: object;
  readonly userinfo: client.UserInfoResponse;
  /** As they came: secrets, all but the first. */
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken?: string;
}

/** The OpenID provider, as far as this application deals with it. Everything rejects with `SignInError`. */
export interface Provider {
  /** Where to send the browser. */
  authorizationUrl(attempt: Attempt, locale: Locale): Promise<URL>;
  /** @param answer the address at which the browser came back */
  redeem(answer: URL, attempt: Attempt): Promise<SignedIn>;
  refresh(from: SignedIn): Promise<SignedIn>;
  /** Where to send the browser to sign out there, too (OpenID Connect RP-Initiated Logout 1.0). */
  endSessionUrl(from: SignedIn, locale: Locale): Promise<URL>;
  verifyLogoutToken(token: string): Promise<LogoutToken>;
}

export interface ProviderOptions extends Registration {
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
  readonly clock: Clock;
}

/** Wraps openid-client. */
export function createProvider(options: ProviderOptions): Provider {
  const { redirectUri, postLogoutRedirectUri, clock } = options;
  const configure = createConfigure(options, clock);
  const verifyLogoutToken = createLogoutTokenCheck(options, configure);

  return {
    async authorizationUrl(attempt, locale) {
      const configuration = await configure().catch(fail);
      return client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: scopeOf(configuration),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        ui_locales: locale,
        ...parametersOf[attempt.way],
      });
    },

    async redeem(answer, attempt) {
      const configuration = await configure().catch(fail);
      const tokens = await client
        .authorizationCodeGrant(configuration, answer, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        })
        .catch(fail);
      const signedIn = await complete(configuration, tokens);
      if (!isHonoured(attempt, signedIn.claims)) throw new SignInError(`not-honoured-${attempt.way}`);
      return signedIn;
    },

    async refresh(from) {
      if (from.refreshToken === undefined) throw new SignInError('no-refresh-token');
      const configuration = await configure().catch(fail);
      const tokens = await client.refreshTokenGrant(configuration, from.refreshToken).catch(fail);
      return complete(configuration, tokens, from);
    },

    async endSessionUrl({ idToken }, locale) {
      const configuration = await configure().catch(fail);
      return client.buildEndSessionUrl(configuration, {
        id_token_hint: idToken,
        post_logout_redirect_uri: postLogoutRedirectUri,
        ui_locales: locale,
      });
    },

    verifyLogoutToken,
  };
}

type Tokens = Awaited<ReturnType<typeof client.refreshTokenGrant>>;

/** Adds the answer of the userinfo endpoint. What a refresh leaves out stays as it was (OpenID Connect Core, section 12.2). */
async function complete(configuration: client.Configuration, tokens: Tokens, before?: SignedIn): Promise<SignedIn> {
  const claims = tokens.claims() ?? before?.claims;
  const idToken = tokens.id_token ?? before?.idToken;
  const refreshToken = tokens.refresh_token ?? before?.refreshToken;
  if (claims === undefined || idToken === undefined) throw new SignInError('not-verified');
  if (before !== undefined && before.claims.sub !== claims.sub) throw new SignInError('not-verified');
  const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(fail);
  return {
    claims,
    header: decodeProtectedHeader(idToken),
    userinfo,
    idToken,
    accessToken: tokens.access_token,
    ...(refreshToken !== undefined && { refreshToken }),
  };
}

function fail(error: unknown): never {
  throw signInErrorOf(error);
}
