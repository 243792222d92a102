import type { Client } from './client.ts';

/** `client_id` of the page where people look after their own account: it signs them in as every other application does. */
export const OWN_PAGE = 'sluis-account';

/** How old the proof of the last gate may be where something is changed on that page, in milliseconds. */
export const FRESH = 300_000;

/**
 * That page as a client.
 * @param address of the page, without a slash at its end
 * @param secret nobody needs it: the page redeems its codes without the token endpoint, and no one else shall
 */
export function ownPage({ address, name, secret }: { address: string; name: string; secret: string }): Client {
  return {
    id: OWN_PAGE,
    name,
    secret,
    metadata: { redirect_uris: [`${address}/callback`], initiate_login_uri: address },
    firstParty: true,
    // Its codes never leave this server.
    pkceRequired: false,
  };
}
