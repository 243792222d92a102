import {
  type IdentityProviderOptions,
  type RunningIdentityProvider,
  startIdentityProvider,
} from '../../support/identity-provider.ts';
import { CLIENT_SECRET, offices, people } from '../../support/seed.ts';
import type { Pair } from '../../support/world.ts';

export const CALLBACK = 'https://app.example/callback';

/** A running Sluis to attack. */
export interface Target {
  readonly idp: RunningIdentityProvider;
  /** Where it listens. */
  readonly address: string;
  /** What it calls itself. */
  readonly issuer: string;
}

/** Applications of each kind that Sluis treats differently. */
export const applications = [
  {
    type: 'client',
    id: 'web',
    name: 'Invoices',
    secret: CLIENT_SECRET,
    firstParty: true,
    metadata: {
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      post_logout_redirect_uris: ['https://app.example/bye'],
      initiate_login_uri: 'https://app.example/sign-in',
    },
  },
  {
    type: 'client',
    id: 'spa',
    name: 'In the browser',
    firstParty: true,
    metadata: { redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' },
  },
  {
    type: 'client',
    id: 'guest',
    name: "Somebody else's",
    metadata: { redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' },
  },
  {
    type: 'client',
    id: 'robot',
    name: 'Robot',
    secret: CLIENT_SECRET,
    metadata: { redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
  },
] as const;

export async function openTarget(pair: Pair, options: IdentityProviderOptions = {}): Promise<Target> {
  const { lines = [], settings = {} } = options;
  const idp = await startIdentityProvider(pair, {
    ...options,
    lines: [...offices, ...people, ...applications, ...lines],
  });
  const issuer = 'issuer' in settings ? String(settings.issuer) : idp.issuer;
  return { idp, address: idp.issuer, issuer };
}

/** The page code that a browser sees: its title has the words, its text the code. */
export const HTML = { accept: 'text/html' };
