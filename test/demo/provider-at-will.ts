import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Clock } from '../../src/domain/clock.ts';
import { freePort } from '../support/port.ts';

/** How a provider answers; a test spoils what it wants to see refused. */
export interface Answers {
  /** Of the authorization response, over the right ones. */
  authorization?: Readonly<Record<string, string>>;
  /** Claims of the ID token, over the right ones. */
  claims?: JWTPayload;
  /** Of the userinfo endpoint. */
  userinfo?: Readonly<Record<string, unknown>>;
  /** Sign with a key that nobody published. */
  foreignKey?: boolean;
  /** OAuth error of the token endpoint. */
  tokenError?: string;
}

/** An OpenID provider that signs everybody in without asking, and lies on demand: what no honest one can be made to do. */
export interface ProviderAtWill {
  readonly issuer: string;
  answers: Answers;
  /** Parameters of the last request to the authorization and to the token endpoint. */
  readonly asked: { authorization?: URLSearchParams; token?: URLSearchParams };
  logoutToken(claims?: Readonly<Record<string, unknown>>, typ?: string): Promise<string>;
  close(): Promise<void>;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

export async function startProviderAtWill(clock: Clock): Promise<ProviderAtWill> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const published = await generateKeyPair('ES256');
  const foreign = await generateKeyPair('ES256');
  const now = () => Math.floor(clock.now() / 1000);
  const sign = (payload: JWTPayload, typ: string) => {
    const { privateKey } = provider.answers.foreignKey === true ? foreign : published;
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'one', typ }).sign(privateKey);
  };
  const idToken = (nonce?: string | null) =>
    sign(
      {
        iss: issuer,
        sub: 'ada',
        aud: 'demo',
        iat: now(),
        exp: now() + 300,
        auth_time: now(),
        acr: 'https://refeds.org/profile/sfa',
        amr: ['pwd'],
        sid: 'session-1',
        ...(nonce && { nonce }),
        ...provider.answers.claims,
      },
      'JWT',
    );

  const routes: Record<string, (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<void>> = {
    '/.well-known/openid-configuration': async (_url, _request, response) =>
      json(response, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/me`,
        jwks_uri: `${issuer}/jwks`,
        end_session_endpoint: `${issuer}/end`,
        scopes_supported: ['openid', 'profile'],
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      }),
    '/jwks': async (_url, _request, response) =>
      json(response, { keys: [{ ...(await exportJWK(published.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] }),
    '/auth': async ({ searchParams }, _request, response) => {
      provider.asked.authorization = searchParams;
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      const right = { code: 'a-secret-code', state: searchParams.get('state') ?? '', iss: issuer };
      for (const [name, value] of Object.entries({ ...right, ...provider.answers.authorization })) {
        back.searchParams.set(name, value);
      }
      response.writeHead(303, { location: back.href }).end();
    },
    '/token': async (_url, request, response) => {
      provider.asked.token = new URLSearchParams(await text(request));
      const { tokenError } = provider.answers;
      if (tokenError !== undefined) return json(response, { error: tokenError }, 400);
      const isFirst = provider.asked.token.has('code');
      json(response, {
        access_token: 'a-secret-access-token',
        refresh_token: 'a-secret-refresh-token',
        token_type: 'Bearer',
        expires_in: 300,
        id_token: await idToken(isFirst ? provider.asked.authorization?.get('nonce') : null),
      });
    },
    '/me': async (_url, _request, response) =>
      json(response, { sub: 'ada', name: 'Ada Lovelace', ...provider.answers.userinfo }),
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const route = routes[url.pathname];
    if (route === undefined) response.writeHead(404).end();
    else void route(url, request, response);
  });
  const provider: ProviderAtWill = {
    issuer,
    answers: {},
    asked: {},
    logoutToken: (claims = {}, typ = 'logout+jwt') =>
      sign(
        {
          iss: issuer,
          aud: 'demo',
          iat: now(),
          jti: 'one',
          sub: 'ada',
          sid: 'session-1',
          events: { [EVENT]: {} },
          ...claims,
        },
        typ,
      ),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return provider;
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
