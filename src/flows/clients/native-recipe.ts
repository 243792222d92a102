import type { Recipe, RecipeFacts } from './recipes.ts';

/** A program on somebody's own machine, which listens while they sign in with their browser (RFC 8252, section 7.3). */
export function nativeLoopback({ issuer, clientId, redirectUri }: RecipeFacts): Recipe {
  const { protocol, hostname, pathname } = new URL(redirectUri);
  const [host, path] = protocol === 'http:' ? [hostname, pathname] : ['127.0.0.1', '/callback'];
  return {
    for: 'openid-client',
    file: 'sign-in.js',
    language: 'javascript',
    text: `import { once } from 'node:events';
import { createServer } from 'node:http';
import open from 'open';
import * as client from 'openid-client';

// Register http://${host}${path} as a redirect URI: any port will do.
const server = createServer().listen(0, ${JSON.stringify(host.replace(/^\[|\]$/g, ''))});
await once(server, 'listening');
const redirectUri = \`http://${host}:\${server.address().port}${path}\`;

const config = await client.discovery(new URL(${JSON.stringify(issuer)}), ${JSON.stringify(clientId)}, undefined, client.None());
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const expectedState = client.randomState();
const address = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile email',
  state: expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
});
await open(address.href);

const [request, response] = await once(server, 'request');
response.end('You are signed in: close this page.');
server.close();
const tokens = await client.authorizationCodeGrant(config, new URL(request.url, redirectUri), {
  pkceCodeVerifier,
  expectedState,
});
console.log(tokens.claims());
`,
  };
}
