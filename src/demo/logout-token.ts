import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { Configure, Registration } from './configure.ts';
import { SignInError } from './sign-in-error.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Seconds. A token may be delivered again later, when this application could not be reached. */
const OLDEST = 3600;
const TOLERANCE = 30;

const payload = z
  .object({
    sub: z.string().exactOptional(),
    sid: z.string().exactOptional(),
    jti: z.string(),
    events: z.object({ [EVENT]: z.object({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** Whose sessions end: one session, or all of a person where it is not named. */
export interface LogoutToken {
  readonly sub?: string;
  readonly sid?: string;
}

/**
 * Makes the check of OpenID Connect Back-Channel Logout 1.0, section 2.6.
 * A token that is sent twice ends what has ended already, so that its `jti` need not be kept.
 */
export function createLogoutTokenCheck(
  { clientId, clock }: Registration & { readonly clock: Clock },
  configure: Configure,
): (token: string) => Promise<LogoutToken> {
  let keys: { readonly uri: string; readonly get: JWTVerifyGetKey } | undefined;

  return async (token) => {
    const {
      jwks_uri: uri,
      issuer: iss,
      id_token_signing_alg_values_supported: algorithms,
    } = (await configure()).serverMetadata();
    if (uri === undefined) throw new SignInError('not-verified');
    if (keys?.uri !== uri) keys = { uri, get: createRemoteJWKSet(new URL(uri)) };
    try {
      const verified = await jwtVerify(token, keys.get, {
        issuer: iss,
        audience: clientId,
        algorithms: algorithms?.filter((algorithm) => !/^(none|HS)/.test(algorithm)) ?? ['RS256'],
        typ: 'logout+jwt',
        currentDate: new Date(clock.now()),
        maxTokenAge: OLDEST,
        clockTolerance: TOLERANCE,
      });
      return payload.parse(verified.payload);
    } catch (cause) {
      throw new SignInError('not-verified', { cause });
    }
  };
}
