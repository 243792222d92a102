import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AdapterFactory, type AdapterPayload, type Configuration, Provider } from 'oidc-provider';
import type { Models, Sessions } from '../../src/domain/ports.ts';
import { createAdapter } from '../../src/oidc/adapter.ts';
import { endTokensAtSignOut, expiresWithSession } from '../../src/oidc/session-binding.ts';
import { systemClock } from '../../src/system-clock.ts';
import { callbackOf } from './browser.ts';

export interface BareProvider {
  readonly issuer: string;
  readonly provider: Provider;
  /** What the library could not handle. */
  readonly faults: readonly Error[];
  close(): Promise<void>;
}

/** An oidc-provider with little but our storage: whoever comes is signed in as one person, and every client is known. */
export async function bareProvider(ports: { models: Models; sessions: Sessions }): Promise<BareProvider> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(createAdapter({ ...ports, client, clock: systemClock })));
  endTokensAtSignOut(provider);
  const faults: Error[] = [];
  provider.on('server_error', (_ctx, error) => faults.push(error));
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const location = await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: 'ada' } });
    ctx.status = 303;
    ctx.redirect(location);
  });
  server.on('request', provider.callback());

  return {
    issuer,
    provider,
    faults,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function client(id: string): Promise<AdapterPayload> {
  return {
    client_id: id,
    redirect_uris: [callbackOf(id)],
    grant_types: id === 'machine' ? ['authorization_code'] : ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
}

function configuration(adapter: AdapterFactory): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'ES256' };
  return {
    adapter,
    jwks: { keys: [key as never] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async () => true },
      rpInitiatedLogout: {
        enabled: true,
        async logoutSource(ctx, form) {
          ctx.body = form;
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { long: { signed: false }, short: { signed: false } },
    findAccount: async (_ctx, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
    issueRefreshToken: async (_ctx, { grantTypes }) => grantTypes?.includes('refresh_token') === true,
    rotateRefreshToken: true,
    expiresWithSession,
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, account, requestParamScopes } = oidc;
      const standing = session?.grantIdFor(client?.clientId ?? '');
      if (standing !== undefined) return oidc.provider.Grant.find(standing);
      if (client === undefined || account === undefined) return undefined;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: account.accountId });
      grant.addOIDCScope([...requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: 3_600,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 3_600,
      Interaction: 900,
      RefreshToken: 86_400,
      Session: 86_400,
    },
  };
}
