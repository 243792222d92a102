import type { Client } from '../../domain/client.ts';
import { type ClientKind, kindOf } from './kind.ts';
import { nativeLoopback } from './native-recipe.ts';
import {
  authJs,
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
  web: [express, nextAuth, authJs, modAuthOpenidc, springSecurity],
  'single-page': [oidcClientTs],
  native: [nativeLoopback],
  service: [curl],
};

/** Configuration to copy into this application, filled in for it. @param issuer without a slash at its end */
export function recipesFor(client: Client, issuer: string): readonly Recipe[] {
  const { redirect_uris: uris, id_token_signed_response_alg: chosen, scope: registered } = client.metadata;
  const algorithm = chosen === 'RS256' ? 'RS256' : 'ES256';
  const redirectUri = Array.isArray(uris) && typeof uris[0] === 'string' ? uris[0] : `${issuer}/callback`;
  const scope = typeof registered === 'string' ? registered : '';
  const { id: clientId, pkceRequired } = client;
  return suitable[kindOf(client)].map((recipe) =>
    recipe({ issuer, clientId, redirectUri, algorithm, pkceRequired, scope }),
  );
}
