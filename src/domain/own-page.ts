import type { Client } from './client.ts';

/** `client_id` of the page where people look after their own account: it signs them in as every other application does. */
export const OWN_PAGE = 'sluis-account';

/** `client_id` of the console, where administrators work. */
export const CONSOLE = 'sluis-admin';

/** How old the proof of the last gate may be where something is changed on the person's own page, in milliseconds. */
export const FRESH = 300_000;

/** The same for the console, where somebody works for longer, before a form is shown. */
export const CONSOLE_FRESH = 1_800_000;

/** How old that proof may be, by the page that asks for a fresh one. */
const freshness: ReadonlyMap<unknown, number> = new Map([
  [OWN_PAGE, FRESH],
  [CONSOLE, CONSOLE_FRESH],
]);

/** What one of our own pages means by a fresh proof, in milliseconds; undefined for every other client. */
export function freshnessOf(client: unknown): number | undefined {
  return freshness.get(client);
}

/** Whether a client is one of our own pages, and no application. */
export function isOwnPage(client: string): boolean {
  return freshness.has(client);
}

/**
 * One of our own pages as a client.
 * @param address of the page, without a slash at its end
 * @param secret nobody needs it: the page redeems its codes without the token endpoint, and no one else shall
 */
export function ownPage({
  id,
  address,
  name,
  secret,
}: Pick<Client, 'id' | 'name'> & { readonly address: string; readonly secret: string }): Client {
  return {
    id,
    name,
    secret,
    metadata: { redirect_uris: [`${address}/callback`], initiate_login_uri: address },
    firstParty: true,
    // Its codes never leave this server.
    pkceRequired: false,
  };
}
