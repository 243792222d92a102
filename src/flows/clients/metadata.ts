import { z } from 'zod';
import { acrs } from '../../domain/acr.ts';
import { redirectFault } from './redirect-uri.ts';

/** Web addresses that nobody is sent back to, where a fragment or an asterisk does no harm: as redirect URIs in all else. */
const address = z
  .string()
  .max(2_000)
  .refine((value) => /^https?:/i.test(value) && redirectFault(value.replace(/[#*]/g, '')) === undefined, 'malformed');

const redirect = z
  .string()
  .max(2_000)
  .superRefine((value, context) => {
    const fault = redirectFault(value);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const redirects = z
  .array(redirect)
  .max(100)
  .superRefine((uris, context) => {
    for (const [index, uri] of uris.entries()) {
      if (uris.indexOf(uri) < index) context.addIssue({ code: 'custom', path: [index], message: 'repeated' });
    }
  });

const algorithm = z.enum(['ES256', 'RS256']);

export const SECRET_METHODS: readonly unknown[] = ['client_secret_basic', 'client_secret_post'];

/** What a public key of each kind has (RFC 7517, section 4; RFC 7518, section 6; RFC 8037, section 2). */
const keyMembers: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'x', 'y'],
  RSA: ['n', 'e'],
  OKP: ['crv', 'x'],
};

const publicKey = z
  .record(z.string(), z.unknown())
  .refine((key) => !('d' in key || 'k' in key), 'private-key')
  .refine(
    ({ kty, ...key }) => keyMembers[String(kty)]?.every((member) => typeof key[member] === 'string'),
    'malformed',
  );

/** The client metadata that is taken, in the names of OpenID Connect Dynamic Client Registration 1.0, section 2. */
export const metadata = z.strictObject({
  redirect_uris: redirects.exactOptional(),
  post_logout_redirect_uris: redirects.exactOptional(),
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
  jwks: z.strictObject({ keys: z.array(publicKey).min(1).max(20) }).exactOptional(),
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
  default_acr_values: z.array(z.enum(acrs)).exactOptional(),
  default_max_age: z.int().min(0).exactOptional(),
  require_auth_time: z.boolean().exactOptional(),
  require_pushed_authorization_requests: z.boolean().exactOptional(),
  subject_type: z.literal('public').exactOptional(),
});

/** Metadata that was checked. */
export type Metadata = z.output<typeof metadata>;
