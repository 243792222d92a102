import type { Client } from '../../domain/client.ts';
import { type ClientKind, kindOf } from './kind.ts';
import {
  curl,
  express,
  modAuthOpenidc,
  nextAuth,
  oidcClientTs,
  type Recipe,
  type RecipeFacts,
  springSecurity,
} from './recipes.ts';

/** What suits an application of each kind. */
const suitable: Readonly<Record<ClientKind, readonly ((facts: RecipeFacts) => Recipe)[]>> = {
  web: [express, nextAuth, modAuthOpenidc, springSecurity],
  'single-page': [oidcClientTs],
  native: [],
  service: [curl],
};

/** Configuration to copy into this application, filled in for it. @param issuer without a slash at its end */
export function recipesFor(client: Client, issuer: string): readonly Recipe[] {
  const uris: unknown = client.metadata.redirect_uris;
  const redirectUri = Array.isArray(uris) && typeof uris[0] === 'string' ? uris[0] : `${issuer}/callback`;
  return suitable[kindOf(client)].map((recipe) => recipe({ issuer, clientId: client.id, redirectUri }));
}
