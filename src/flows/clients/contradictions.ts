import { type Metadata, SECRET_METHODS } from './metadata.ts';
import { isLoopback, isPrivateUse } from './redirect-uri.ts';

/** What of a client has to agree with the rest of it. */
export interface ClientParts {
  readonly metadata: Metadata;
  readonly secret?: string;
  readonly pkceRequired: boolean;
}

/** One place where a client contradicts itself. */
export type Contradiction = readonly [field: string, reason: string];

/** Loopback addresses that a native application may use: others are not known to mean the same machine everywhere. */
const NATIVE_LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Where a client contradicts itself, secret apart. */
export function contradictions({ metadata, pkceRequired }: ClientParts): readonly Contradiction[] {
  const { jwks, jwks_uri: keysElsewhere, redirect_uris: uris = [] } = metadata;
  const method = methodOf(metadata);
  const usesCode = (metadata.grant_types ?? ['authorization_code']).includes('authorization_code');
  const found: Contradiction[] = [];
  if (method === 'private_key_jwt' && jwks === undefined && keysElsewhere === undefined) {
    found.push(['metadata.jwks', 'missing']);
  }
  if (jwks !== undefined && keysElsewhere !== undefined) found.push(['metadata.jwks_uri', 'not-used']);
  if (method !== 'private_key_jwt' && metadata.token_endpoint_auth_signing_alg !== undefined) {
    found.push(['metadata.token_endpoint_auth_signing_alg', 'not-used']);
  }
  if (usesCode && uris.length === 0) found.push(['metadata.redirect_uris', 'missing']);
  if (method === 'none' && !pkceRequired) found.push(['pkceRequired', 'pkce-needed']);
  return [...found, ...addressContradictions(metadata)];
}

/** Where the secret does not fit the way in which a client proves who it is. */
export function secretContradictions({ metadata, secret }: ClientParts): readonly Contradiction[] {
  if (usesSecret(metadata)) return secret === undefined ? [['secret', 'missing']] : [];
  return secret === undefined ? [] : [['secret', 'not-used']];
}

/** Whether a client proves who it is by a secret. */
export function usesSecret(metadata: Metadata): boolean {
  return SECRET_METHODS.includes(methodOf(metadata));
}

function methodOf({ token_endpoint_auth_method: method = 'client_secret_basic' }: Metadata): string {
  return method;
}

function addressContradictions(metadata: Metadata): readonly Contradiction[] {
  const { redirect_uris: uris = [], post_logout_redirect_uris: afterLogout = [] } = metadata;
  const native = metadata.application_type === 'native';
  const found: Contradiction[] = [];
  if (!native && [...uris, ...afterLogout].some(isPrivateUse)) found.push(['metadata.application_type', 'not-native']);
  const implicit = metadata.grant_types?.includes('implicit') === true;
  const lists = Object.entries({ redirect_uris: uris, post_logout_redirect_uris: afterLogout });
  for (const [name, list] of lists) {
    for (const [index, uri] of list.entries()) {
      const reason = native ? nativeFault(uri) : implicit ? implicitFault(uri) : undefined;
      if (reason !== undefined) found.push([`metadata.${name}.${index}`, reason]);
    }
  }
  return found;
}

/** RFC 8252, sections 7.2 and 7.3: https is claimed for a domain, http is for this machine. */
function nativeFault(uri: string): string | undefined {
  const { protocol, hostname } = new URL(uri);
  if (protocol === 'https:' && isLoopback(hostname)) return 'redirect-native';
  return protocol === 'http:' && !NATIVE_LOOPBACK.includes(hostname) ? 'redirect-native' : undefined;
}

/** OpenID Connect Dynamic Client Registration 1.0, section 2, `application_type`. */
function implicitFault(uri: string): string | undefined {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'http:' || hostname === 'localhost' ? 'redirect-insecure' : undefined;
}
