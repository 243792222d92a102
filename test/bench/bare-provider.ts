import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type Configuration, Provider } from 'oidc-provider';
import { benchAccountNamed } from './account.ts';
import { plainAdapter } from './plain-adapter.ts';

/** The client that signs people in at the bare server. */
export const bareClient = { id: 'bench', redirectUri: 'https://application.example/callback' };

/** oidc-provider with its own defaults, but for what Sluis needs as well: first-party clients, ES256, `acr` and `amr` in the ID token. */
export function bareProvider(issuer: string, redis: Redis): Provider {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const configuration: Configuration = {
    adapter: plainAdapter(redis),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' }] },
    clients: [
      {
        client_id: bareClient.id,
        redirect_uris: [bareClient.redirectUri],
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    responseTypes: ['code'],
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    acrValues: ['mfa'],
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount(_context, id) {
      const account = benchAccountNamed(id);
      return account && { accountId: id, claims: () => ({ sub: id, name: account.username }) };
    },
    async loadExistingGrant(context) {
      const { client, account, requestParamScopes } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: client?.clientId, accountId: account?.accountId });
      grant.addOIDCScope([...requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 86_400, IdToken: 3600, Interaction: 3600, Session: 86_400 },
  };
  return new Provider(issuer, configuration);
}
