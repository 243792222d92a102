import type { Client } from '../domain/client.ts';
import type { Clock } from '../domain/clock.ts';
import { CONSOLE, OWN_PAGE, ownPage } from '../domain/own-page.ts';
import type { Clients, Sessions, Vault } from '../domain/ports.ts';
import { createOwnSessions, type OwnSessionsParts } from '../oidc/own-session.ts';
import { frontDoor } from '../web/front-door.ts';

/** Where each of our own pages is, below the issuer. */
const places = { [OWN_PAGE]: '/account', [CONSOLE]: '/admin' } as const;
const ids = [OWN_PAGE, CONSOLE] as const;

/** `client_id` of one of them. */
export type OwnPageId = (typeof ids)[number];

/** Stores whose clients include our own pages, whatever else is registered under their ids. */
export function withOwnPages<Stores extends { readonly clients: Clients; readonly vault: Vault }>(
  stores: Stores,
  { issuer, name }: { readonly issuer: URL; readonly name: string },
): Stores {
  const { clients, vault } = stores;
  const own = new Map<string, Client>(
    ids.map((id) => [id, ownPage({ id, address: addressOf(issuer, id), name, secret: vault.digest(id, 'client') })]),
  );
  return { ...stores, clients: { ...clients, byId: async (id) => own.get(id) ?? clients.byId(id) } };
}

export interface OwnPageParts extends Pick<OwnSessionsParts, 'provider'> {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly sessions: Sessions;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** The sessions of people on one of our own pages, and the way in. */
export function openOwnPage(client: OwnPageId, { issuer, base, vault, clock, ...parts }: OwnPageParts) {
  const sessions = createOwnSessions({ client, ...parts, clock });
  const address = new URL(addressOf(issuer, client));
  return { sessions, door: frontDoor({ address, base, client, sessions, vault, now: () => clock.now() }) };
}

function addressOf({ href }: URL, client: OwnPageId): string {
  return `${href.replace(/\/$/, '')}${places[client]}`;
}
