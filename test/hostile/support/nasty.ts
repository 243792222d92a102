import fc from 'fast-check';
import { CALLBACK } from './target.ts';

/** Names of fields and parameters that something reads. */
export function parameters(): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...['act', 'step', 'bound', 'factor', 'username', 'password', 'office', 'code', 'kept', 'remember', 'stay', 'lang'],
    ...[
      'client_id',
      'client_secret',
      'redirect_uri',
      'response_type',
      'response_mode',
      'scope',
      'state',
      'nonce',
      'prompt',
    ],
    ...['max_age', 'display', 'ui_locales', 'acr_values', 'login_hint', 'id_token_hint', 'claims', 'claims_locales'],
    ...['request', 'request_uri', 'registration', 'resource', 'code_challenge', 'code_challenge_method', 'dpop_jkt'],
    ...[
      'grant_type',
      'code_verifier',
      'refresh_token',
      'token',
      'token_type_hint',
      'assertion',
      'device_code',
      'user_code',
    ],
    ...[
      'client_assertion',
      'client_assertion_type',
      'auth_req_id',
      'login_hint_token',
      'binding_message',
      'requested_expiry',
    ],
    ...[
      'access_token',
      'xsrf',
      'logout',
      'logout_hint',
      'post_logout_redirect_uri',
      'redirect_uris',
      'jwks',
      'from',
      'iss',
    ],
    ...['__proto__', 'constructor', 'toString', ''],
  );
}

/** Values that have broken something somewhere, and any text at all. */
export function nasty(): fc.Arbitrary<string> {
  const jwt = (header: object, payload: object) =>
    `${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.c2ln`;
  const known = [
    ...['', ' ', '0', '-1', '1e999', 'NaN', 'null', 'undefined', 'true', '[]', '{}', '[object Object]', '__proto__'],
    ...[
      '%',
      '%00',
      '%ff',
      '\0',
      '\u202e',
      '\ud83d\ude00',
      'ﬀ',
      'İ',
      '\r\nSet-Cookie: a=b',
      '../../etc/passwd',
      '\\\\evil\\share',
    ],
    ...['"><script>', "' or 1=1 --", '<%=7*7%>', '$ne', 'a'.repeat(5_000), '\u0301'.repeat(500), '(((((((((a+)+)+)+'],
    ...[
      'web',
      'spa',
      'guest',
      'robot',
      'query',
      'form_post',
      'fragment',
      'jwt',
      'code',
      'id_token',
      'none',
      'login',
      'consent',
    ],
    ...[
      'select_account',
      'openid',
      'openid offline_access',
      'S256',
      'plain',
      'identify',
      'prove:totp',
      'enrol:totp',
      'answer',
    ],
    ...[
      'choose',
      'back',
      'restart',
      'cancel',
      'totp',
      'recovery-code',
      'on',
      '123456',
      'nl',
      'en nl fr',
      'mila',
      'MOLEN',
    ],
    ...['authorization_code', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
    ...['urn:openid:params:grant-type:ciba', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    ...[
      CALLBACK,
      'javascript:alert(1)',
      'https://[::1',
      'http://a:99999/',
      'urn:ietf:params:oauth:request_uri:x',
      '//evil.example',
    ],
    ...[
      '{"id_token":null}',
      '{"id_token":{"acr":null,"sub":{"value":{"a":1}}}}',
      '{"id_token":{"acr":{"essential":true,"values":"x"}}}',
    ],
    ...[
      '{"id_token":{"acr":{"essential":true,"values":[1,null,{}]}}}',
      '{"userinfo":[],"id_token":{"sub":{"value":"x"}}}',
      '{"id_token":{"auth_time":{"essential":true},"__proto__":{"x":1}}}',
    ],
    ...['phr', 'https://refeds.org/profile/mfa', 'a.b.c', '...', 'eyJ.eyJ.'],
    jwt({ alg: 'none' }, { iss: 'web', sub: 'web' }),
    jwt({ alg: 'ES256', kid: 'x', jwk: {} }, { iss: 'web', sub: 'web', aud: 'x', exp: -1, jti: {} }),
    jwt({ alg: 'HS256', crit: ['x'] }, { client_id: 'web', iss: [], exp: 'soon' }),
    jwt({ alg: 'dir', enc: 'A128GCM', p2c: 1e9 }, {}),
  ];
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );
}
