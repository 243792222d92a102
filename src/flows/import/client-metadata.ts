import { z } from 'zod';

/** Web addresses: http is for the person's own machine alone (RFC 8252, section 7.3). */
const address = z.string().max(2_000).refine(isWebAddress, 'malformed');

/**
 * OAuth 2.0 Security Best Current Practice (RFC 9700), section 2.1: compared as a whole, so no patterns; and no fragment.
 * Native applications may have a scheme of their own: a domain name in reverse (RFC 8252, section 7.1).
 */
const redirect = z
  .string()
  .max(2_000)
  .refine((value) => isWebAddress(value) || isPrivateUse(value), 'malformed')
  .refine((value) => !value.includes('#') && !value.includes('*'), 'redirect-uri');

const algorithm = z.enum(['ES256', 'RS256']);

/** The client metadata that an import takes, in the names of OpenID Connect Dynamic Client Registration 1.0, section 2. */
export const metadata = z.strictObject({
  redirect_uris: z.array(redirect).exactOptional(),
  post_logout_redirect_uris: z.array(redirect).exactOptional(),
  response_types: z.array(z.string().max(100)).exactOptional(),
  grant_types: z
    .array(
      z.enum([
        'authorization_code',
        'refresh_token',
        'client_credentials',
        'implicit',
        'urn:ietf:params:oauth:grant-type:device_code',
        'urn:openid:params:grant-type:ciba',
      ]),
    )
    .exactOptional(),
  application_type: z.enum(['web', 'native']).exactOptional(),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
    .exactOptional(),
  token_endpoint_auth_signing_alg: algorithm.exactOptional(),
  id_token_signed_response_alg: algorithm.exactOptional(),
  userinfo_signed_response_alg: algorithm.exactOptional(),
  jwks: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }).exactOptional(),
  jwks_uri: address.exactOptional(),
  scope: z.string().max(1_000).exactOptional(),
  contacts: z.array(z.string().max(200)).exactOptional(),
  client_uri: address.exactOptional(),
  logo_uri: address.exactOptional(),
  policy_uri: address.exactOptional(),
  tos_uri: address.exactOptional(),
  initiate_login_uri: address.exactOptional(),
  backchannel_logout_uri: address.exactOptional(),
  backchannel_logout_session_required: z.boolean().exactOptional(),
  default_acr_values: z.array(z.string().max(200)).exactOptional(),
  default_max_age: z.int().min(0).exactOptional(),
  require_auth_time: z.boolean().exactOptional(),
  require_pushed_authorization_requests: z.boolean().exactOptional(),
  subject_type: z.literal('public').exactOptional(),
});

/** What of a client's line has to agree with the rest of it. */
export interface ClientLine {
  readonly metadata: z.output<typeof metadata>;
  readonly secret?: string;
  readonly pkceRequired: boolean;
}

/** Where a client contradicts itself: field and reason. */
export function contradictions({ metadata: given, secret, pkceRequired }: ClientLine): readonly [string, string][] {
  const method = given.token_endpoint_auth_method ?? 'client_secret_basic';
  const usesSecret = method === 'client_secret_basic' || method === 'client_secret_post';
  const usesCode = (given.grant_types ?? ['authorization_code']).includes('authorization_code');
  const found: [string, string][] = [];
  if (usesSecret && secret === undefined) found.push(['secret', 'missing']);
  if (!usesSecret && secret !== undefined) found.push(['secret', 'not-used']);
  if (method === 'private_key_jwt' && given.jwks === undefined && given.jwks_uri === undefined) {
    found.push(['metadata.jwks', 'missing']);
  }
  if (usesCode && (given.redirect_uris ?? []).length === 0) found.push(['metadata.redirect_uris', 'missing']);
  const own = [...(given.redirect_uris ?? []), ...(given.post_logout_redirect_uris ?? [])].some(isPrivateUse);
  if (own && given.application_type !== 'native') found.push(['metadata.application_type', 'not-native']);
  if (method === 'none' && !pkceRequired) found.push(['pkceRequired', 'pkce-needed']);
  if (given.jwks?.keys.some((key) => 'd' in key || 'k' in key) === true) found.push(['metadata.jwks', 'private-key']);
  return found;
}

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}

function isPrivateUse(value: string): boolean {
  return /^[a-z][\w+-]*(\.[\w+-]+)+:\/[^\s]*$/i.test(value) && URL.canParse(value);
}
