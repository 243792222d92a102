import type { Client } from '../../domain/client.ts';
import type { Contradiction } from './contradictions.ts';
import type { Metadata } from './metadata.ts';

/**
 * What an application is, which decides how it proves who it is and what it may be granted:
 * - `web`: has a server that keeps a secret
 * - `single-page`: runs in the browser and keeps nothing secret
 * - `native`: runs on a phone or a desk, and keeps nothing secret either
 * - `service`: signs nobody in; it acts for itself by client credentials
 */
export const clientKinds = ['web', 'single-page', 'native', 'service'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** What an application of each kind is unless somebody decides otherwise. */
const standard: Readonly<Record<ClientKind, Metadata>> = {
  web: {
    application_type: 'web',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  },
  'single-page': {
    application_type: 'web',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  native: {
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  service: {
    application_type: 'web',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'client_secret_basic',
  },
};

/** Metadata of this kind, with what is not said as it usually is. */
export function ofKind(kind: ClientKind, given: Metadata): Metadata {
  return { ...standard[kind], ...given };
}

/** What an application is, by what it may do. */
export function kindOf({ metadata }: Pick<Client, 'metadata'>): ClientKind {
  const { grant_types: grants, application_type: type, token_endpoint_auth_method: method } = metadata;
  if (Array.isArray(grants) && grants.every((grant) => grant === 'client_credentials')) return 'service';
  if (type === 'native') return 'native';
  return method === 'none' ? 'single-page' : 'web';
}

/** Where metadata makes something else of an application of this kind. */
export function kindContradictions(kind: ClientKind, metadata: Metadata): readonly Contradiction[] {
  const { grant_types: grants = [], application_type: type, token_endpoint_auth_method: method } = metadata;
  const isPublic = kind === 'single-page' || kind === 'native';
  const wrong: readonly (readonly [field: string, isWrong: boolean])[] = [
    ['application_type', (type === 'native') !== (kind === 'native')],
    ['token_endpoint_auth_method', (method === 'none') !== isPublic],
    [
      'grant_types',
      kind === 'service'
        ? grants.some((grant) => grant !== 'client_credentials') || grants.length === 0
        : grants.length === 0 ||
          (isPublic && grants.includes('client_credentials')) ||
          kindOf({ metadata }) === 'service',
    ],
    ['redirect_uris', kind === 'service' && (metadata.redirect_uris ?? []).length > 0],
  ];
  return wrong.filter(([, isWrong]) => isWrong).map(([field]) => [`metadata.${field}`, 'not-for-kind']);
}
