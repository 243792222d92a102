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
  redirect_uris: redirects.describe('Where people come back to after signing in: exactly these.').exactOptional(),
  post_logout_redirect_uris: redirects.describe('Where they come back to after signing out.').exactOptional(),
  response_types: z
    .array(z.string().max(100))
    .describe('What the authorization endpoint answers: `code`.')
    .exactOptional(),
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
    .describe('How it gets tokens.')
    .exactOptional(),
  application_type: z
    .enum(['web', 'native'])
    .describe('Whether it runs on a server, or on a device of its own.')
    .exactOptional(),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
    .describe('How it proves who it is.')
    .exactOptional(),
  token_endpoint_auth_signing_alg: algorithm.describe('What it signs with for `private_key_jwt`.').exactOptional(),
  id_token_signed_response_alg: algorithm.describe('What its ID tokens are signed with.').exactOptional(),
  userinfo_signed_response_alg: algorithm
    .describe('What answers of the userinfo endpoint are signed with; absent: plain JSON.')
    .exactOptional(),
  jwks: z
    .strictObject({ keys: z.array(publicKey).min(1).max(20).describe('Each a JSON Web Key (RFC 7517).') })
    .describe('Its public keys.')
    .exactOptional(),
  jwks_uri: address.describe('Where its public keys are found.').exactOptional(),
  scope: z.string().max(1_000).describe('The only scopes that it may be granted, with spaces between.').exactOptional(),
  contacts: z.array(z.string().max(200)).describe('E-mail addresses of who runs it.').exactOptional(),
  client_uri: address.describe('Its home page.').exactOptional(),
  logo_uri: address.describe('Its logo.').exactOptional(),
  policy_uri: address.describe('What it does with what it learns of people.').exactOptional(),
  tos_uri: address.describe('Its terms of service.').exactOptional(),
  initiate_login_uri: address.describe('Where others begin a sign-in at it.').exactOptional(),
  backchannel_logout_uri: address.describe('Where it is told that somebody signed out.').exactOptional(),
  backchannel_logout_session_required: z.boolean().describe('It is told which session, too.').exactOptional(),
  default_acr_values: z
    .array(z.enum(acrs))
    .describe('What it asks of a sign-in that says nothing itself.')
    .exactOptional(),
  default_max_age: z
    .int()
    .min(0)
    .describe('Seconds for which a sign-in is recent enough, where it says nothing itself.')
    .exactOptional(),
  require_auth_time: z.boolean().describe('Its ID tokens say when somebody signed in.').exactOptional(),
  require_pushed_authorization_requests: z.boolean().describe('It must push its requests (RFC 9126).').exactOptional(),
  subject_type: z.literal('public').describe('All applications know somebody by the same `sub`.').exactOptional(),
});

/** Metadata that was checked. */
export type Metadata = z.output<typeof metadata>;
