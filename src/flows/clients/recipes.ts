/** What is filled in, and where it goes. Nobody's secret is in it: a placeholder stands for that. */
export interface RecipeFacts {
  readonly issuer: string;
  readonly clientId: string;
  /** Where people come back to; the first of the client's. */
  readonly redirectUri: string;
  /** Of its ID tokens. */
  readonly algorithm: string;
  /** PKCE is demanded of it. */
  readonly pkceRequired: boolean;
  /** The scopes that it is registered for, with spaces between; empty for none. */
  readonly scope: string;
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

const inShell = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

export function express({ issuer, clientId, redirectUri, algorithm }: RecipeFacts): Recipe {
  const { origin, pathname } = new URL(redirectUri);
  return {
    for: 'express-openid-connect',
    file: 'app.js',
    language: 'javascript',
    text: `import express from 'express';
import oidc from 'express-openid-connect';

const { auth, requiresAuth } = oidc;
const app = express();
app.use(
  auth({
    issuerBaseURL: ${quoted(issuer)},
    baseURL: ${quoted(origin)},
    clientID: ${quoted(clientId)},
    clientSecret: process.env.CLIENT_SECRET, // ${PLACEHOLDER}
    secret: process.env.SESSION_SECRET, // 32 random characters of your own
    idTokenSigningAlg: ${quoted(algorithm)},
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

/** What `npm install next-auth` brings. */
export function nextAuth({ issuer, clientId, algorithm }: RecipeFacts): Recipe {
  return {
    for: 'next-auth 4',
    file: 'app/api/auth/[...nextauth]/route.js',
    language: 'javascript',
    text: `import NextAuth from 'next-auth';

// Comes back to /api/auth/callback/sluis: register that redirect URI. Needs NEXTAUTH_URL and NEXTAUTH_SECRET, too.
const handler = NextAuth({
  providers: [
    {
      id: 'sluis',
      name: 'Sluis',
      type: 'oauth',
      wellKnown: ${quoted(`${issuer}/.well-known/openid-configuration`)},
      idToken: true,
      clientId: ${quoted(clientId)},
      clientSecret: process.env.AUTH_SLUIS_SECRET, // ${PLACEHOLDER}
      client: { id_token_signed_response_alg: ${quoted(algorithm)} },
      authorization: { params: { scope: 'openid profile email' } },
      checks: ['pkce', 'state', 'nonce'],
      profile: ({ sub, name, email }) => ({ id: sub, name, email }),
    },
  ],
});
export { handler as GET, handler as POST };
`,
  };
}

/** Also called Auth.js. */
export function authJs({ issuer, clientId, algorithm }: RecipeFacts): Recipe {
  return {
    for: 'next-auth 5',
    file: 'auth.js',
    language: 'javascript',
    text: `import NextAuth from 'next-auth';

// Comes back to /api/auth/callback/sluis: register that redirect URI. Needs AUTH_SECRET, too.
export const { handlers, auth, signIn, signOut } = NextAuth({
  providers: [
    {
      id: 'sluis',
      name: 'Sluis',
      type: 'oidc',
      issuer: ${quoted(issuer)},
      clientId: ${quoted(clientId)},
      clientSecret: process.env.AUTH_SLUIS_SECRET, // ${PLACEHOLDER}
      client: { id_token_signed_response_alg: ${quoted(algorithm)} },
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

export function modAuthOpenidc({ issuer, clientId, redirectUri, algorithm }: RecipeFacts): Recipe {
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
OIDCIDTokenSignedResponseAlg ${algorithm}
OIDCPKCEMethod S256
OIDCScope "openid profile email"

<Location "/">
  AuthType openid-connect
  Require valid-user
</Location>
`,
  };
}

export function springSecurity({ issuer, clientId, algorithm, pkceRequired }: RecipeFacts): Recipe {
  // Unless a bean says otherwise.
  const notes = [
    '# Spring comes back to /login/oauth2/code/sluis: register that redirect URI.',
    ...(algorithm === 'RS256'
      ? []
      : ["# It expects RS256: choose that as the signature of this application's ID tokens."]),
    ...(pkceRequired ? ['# Before Spring Boot 4 it sends no PKCE: do not demand that of this application then.'] : []),
  ];
  return {
    for: 'spring-security',
    file: 'application.yaml',
    language: 'yaml',
    text: `${notes.join('\n')}
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
            redirect-uri: "{baseUrl}/login/oauth2/code/{registrationId}"
            scope: openid,profile,email
        provider:
          sluis:
            issuer-uri: ${quoted(issuer)}
`,
  };
}

export function curl({ issuer, clientId, scope }: RecipeFacts): Recipe {
  const asked = scope === '' ? '' : ` --data-urlencode ${inShell(`scope=${scope}`)}`;
  return {
    for: 'curl',
    file: 'token.sh',
    language: 'shell',
    text: `curl --fail --user ${inShell(`${clientId}:${PLACEHOLDER}`)} --data grant_type=client_credentials${asked} ${inShell(`${issuer}/token`)}
`,
  };
}
