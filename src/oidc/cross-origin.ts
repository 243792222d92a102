import type { Client, KoaContextWithOIDC } from 'oidc-provider';

/** Whether scripts of an origin may call an endpoint as this client: those of the origins that its people are sent back to. */
export function allowsOrigin({ oidc }: KoaContextWithOIDC, origin: string, client: Client): boolean {
  if (oidc.route !== 'userinfo' && client.tokenEndpointAuthMethod !== 'none') return false;
  return (client.redirectUris ?? []).some((uri) => URL.canParse(uri) && new URL(uri).origin === origin);
}
