import * as client from 'openid-client';
import type { Client } from '../../../src/domain/client.ts';
import type { Clients } from '../../../src/domain/ports.ts';
import { SECRET } from './applications.ts';
import type { CookieBrowser } from './browser.ts';
import type { Deployment } from './deployment.ts';

/** What an application gets from a sign-in. */
export type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

interface Options {
  readonly alg?: 'ES256' | 'RS256';
  readonly auth?: client.ClientAuth;
}

/** An application, by openid-client. */
export class RelyingParty {
  readonly configuration: client.Configuration;
  readonly redirect: string;

  private constructor(configuration: client.Configuration, redirect: string) {
    this.configuration = configuration;
    this.redirect = redirect;
  }

  static async discover(
    { issuer, registrations }: Deployment,
    id: string,
    { alg = 'ES256', auth }: Options = {},
  ): Promise<RelyingParty> {
    const { metadata, secret } = await registered(registrations, id);
    const method = metadata.token_endpoint_auth_method;
    const authentication =
      auth ??
      (secret === undefined
        ? client.None()
        : method === 'client_secret_post'
          ? client.ClientSecretPost(SECRET)
          : client.ClientSecretBasic(SECRET));
    const configuration = await client.discovery(
      new URL(issuer),
      id,
      { id_token_signed_response_alg: alg },
      authentication,
      {
        execute: [client.allowInsecureRequests],
      },
    );
    const [redirect = ''] = metadata.redirect_uris as readonly string[];
    return new RelyingParty(configuration, redirect);
  }

  /** An authorization request with PKCE, and what the application must remember of it. */
  async begin(parameters: Readonly<Record<string, string>> = {}) {
    const verifier = client.randomPKCECodeVerifier();
    const asked = {
      redirect_uri: this.redirect,
      scope: 'openid',
      state: client.randomState(),
      nonce: client.randomNonce(),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    };
    return { verifier, asked, url: client.buildAuthorizationUrl(this.configuration, asked) };
  }

  /** Through the browser, to tokens. */
  async signIn(browser: CookieBrowser, parameters: Readonly<Record<string, string>> = {}): Promise<Tokens> {
    const begun = await this.begin(parameters);
    const { url } = await browser.go(begun.url);
    return this.redeem(url, begun);
  }

  redeem(url: URL | Request, { verifier, asked }: Awaited<ReturnType<RelyingParty['begin']>>): Promise<Tokens> {
    return client.authorizationCodeGrant(this.configuration, url, {
      pkceCodeVerifier: verifier,
      expectedState: asked.state,
      expectedNonce: asked.nonce,
      ...('max_age' in asked ? { maxAge: Number(asked.max_age) } : undefined),
    });
  }

  /** Where a request ends, with its parameters. */
  async ask(browser: CookieBrowser, parameters: Readonly<Record<string, string>> = {}): Promise<URLSearchParams> {
    const { url } = await this.begin(parameters);
    return (await browser.go(url)).url.searchParams;
  }

  refresh(token = ''): Promise<Tokens> {
    return client.refreshTokenGrant(this.configuration, token);
  }

  userinfo(
    token: string,
    subject: string | typeof client.skipSubjectCheck = client.skipSubjectCheck,
  ): Promise<client.UserInfoResponse> {
    return client.fetchUserInfo(this.configuration, token, subject);
  }
}

async function registered(clients: Clients, id: string): Promise<Client> {
  const found = await clients.byId(id);
  if (found === undefined) throw new Error(`no client ${id}`);
  return found;
}

/** A claims parameter with an essential `acr` that accepts any one of these. */
export function essential(...values: readonly string[]): string {
  return JSON.stringify({ id_token: { acr: { essential: true, values } } });
}

/** The error code of a rejected call. */
export async function errorOf(call: Promise<unknown>): Promise<string | number | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError)
      return error.error;
    if (error instanceof client.WWWAuthenticateChallengeError) return error.status;
    throw error;
  }
}
