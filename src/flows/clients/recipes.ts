/** What is filled in, and where it goes. Nobody's secret is in it: a placeholder stands for that. */
export interface RecipeFacts {
  readonly issuer: string;
  readonly clientId: string;
  /** Where people come back to; the first of the client's. */
  readonly redirectUri: string;
}

/** Configuration to copy into an application. */
export interface Recipe {
  /** The library or program that it is for. */
  readonly for: string;
  /** The file that it belongs in. */
  readonly file: string;
  readonly language: 'javascript' | 'yaml' | 'apache' | 'shell';
  readonly text: string;
}

/** Stands where the secret goes: whoever copies this puts it there, or better, in the environment. */
export const PLACEHOLDER = 'YOUR_CLIENT_SECRET';

/** In JavaScript and in double quotes of YAML; a `client_id` and a URL that were checked hold nothing that reads otherwise. */
const quoted = (value: string) => JSON.stringify(value);

export function express({ issuer, clientId, redirectUri }: RecipeFacts): Recipe {
  const { origin, pathname } = new URL(redirectUri);
  return {
    for: 'express-openid-connect',
    file: 'app.js',
    language: 'javascript',
    text: `import express from 'express';
import { auth, requiresAuth } from 'express-openid-connect';

const app = express();
app.use(
  auth({
    issuerBaseURL: ${quoted(issuer)},
    baseURL: ${quoted(origin)},
    clientID: ${quoted(clientId)},
    clientSecret: process.env.CLIENT_SECRET, // ${PLACEHOLDER}
    secret: process.env.SESSION_SECRET, // 32 random characters of your own
    idTokenSigningAlg: 'ES256',
    clientAuthMethod: 'client_secret_basic',
    routes: { callback: ${quoted(pathname)} },
    authRequired: false,
    authorizationParams: { response_type: 'code', scope: 'openid profile email' },
  }),
);
app.get('/profile', requiresAuth(), (req, res) => res.json(req.oidc.idTokenClaims));
app.listen(3000);
`,
  };
}

export function nextAuth({ issuer, clientId }: RecipeFacts): Recipe {
  return {
    for: 'next-auth',
    file: 'auth.js',
    language: 'javascript',
    text: `import NextAuth from 'next-auth';

// Comes back to /api/auth/callback/sluis: register that redirect URI.
export const { handlers, auth, signIn, signOut } = NextAuth({
  providers: [
    {
      id: 'sluis',
      name: 'Sluis',
      type: 'oidc',
      issuer: ${quoted(issuer)},
      clientId: ${quoted(clientId)},
      clientSecret: process.env.AUTH_SLUIS_SECRET, // ${PLACEHOLDER}
      client: { id_token_signed_response_alg: 'ES256' },
      checks: ['pkce', 'state', 'nonce'],
    },
  ],
});
`,
  };
}

export function oidcClientTs({ issuer, clientId, redirectUri }: RecipeFacts): Recipe {
  return {
    for: 'oidc-client-ts',
    file: 'auth.js',
    language: 'javascript',
    text: `import { UserManager } from 'oidc-client-ts';

export const users = new UserManager({
  authority: ${quoted(issuer)},
  client_id: ${quoted(clientId)},
  redirect_uri: ${quoted(redirectUri)},
  response_type: 'code',
  scope: 'openid profile email',
});
// To sign in: await users.signinRedirect(); where people come back: await users.signinRedirectCallback();
`,
  };
}

export function modAuthOpenidc({ issuer, clientId, redirectUri }: RecipeFacts): Recipe {
  return {
    for: 'mod_auth_openidc',
    file: 'openidc.conf',
    language: 'apache',
    text: `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${quoted(clientId)}
OIDCClientSecret "${PLACEHOLDER}"
OIDCRedirectURI ${quoted(redirectUri)}
OIDCCryptoPassphrase "32 random characters of your own"
OIDCProviderTokenEndpointAuth client_secret_basic
OIDCIDTokenSignedResponseAlg ES256
OIDCPKCEMethod S256
OIDCScope "openid profile email"

<Location "/">
  AuthType openid-connect
  Require valid-user
</Location>
`,
  };
}

export function springSecurity({ issuer, clientId, redirectUri }: RecipeFacts): Recipe {
  return {
    for: 'spring-security',
    file: 'application.yaml',
    language: 'yaml',
    // Spring takes ID tokens with RS256 unless a bean says otherwise.
    text: `# Spring expects RS256: choose that as the signature of this application's ID tokens.
spring:
  security:
    oauth2:
      client:
        registration:
          sluis:
            client-id: ${quoted(clientId)}
            client-secret: "\${CLIENT_SECRET}" # ${PLACEHOLDER}
            client-authentication-method: client_secret_basic
            authorization-grant-type: authorization_code
            redirect-uri: ${quoted(redirectUri)}
            scope: openid,profile,email
        provider:
          sluis:
            issuer-uri: ${quoted(issuer)}
`,
  };
}

export function curl({ issuer, clientId }: RecipeFacts): Recipe {
  return {
    for: 'curl',
    file: 'token.sh',
    language: 'shell',
    text: `curl --fail --user '${clientId.replaceAll("'", `'\\''`)}:${PLACEHOLDER}' --data grant_type=client_credentials '${issuer}/token'
`,
  };
}
