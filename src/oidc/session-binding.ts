import type { Client, KoaContextWithOIDC, Provider } from 'oidc-provider';

/**
 * Tokens outlive the time of the session that they came from: an application with a refresh token goes on after the session's twelve
 * hours. They do not outlive a sign-out, except where the application asked for `offline_access` (OpenID Connect Back-Channel Logout
 * 1.0, section 2.7).
 */
export const expiresWithSession = async (): Promise<boolean> => false;

/** An application gets refresh tokens when its grant types say so, whether or not it asks for `offline_access`. */
export async function issueRefreshToken(_ctx: KoaContextWithOIDC, client: Client): Promise<boolean> {
  return client.grantTypeAllowed('refresh_token');
}

/** oidc-provider spares the tokens that do not expire with the session when somebody signs out; this takes that back. */
export function endTokensAtSignOut(provider: Provider): void {
  provider.on('authorization.success', ({ oidc }: KoaContextWithOIDC) => {
    const { session, client, entities } = oidc;
    const issued = entities.AuthorizationCode ?? entities.DeviceCode;
    if (session === undefined || client === undefined || issued === undefined) return;
    if (!issued.scopes.has('offline_access')) {
      delete session.authorizationFor(client.clientId).persistsLogout;
    }
  });
}
