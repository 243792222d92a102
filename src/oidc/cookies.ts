import type { Configuration } from 'oidc-provider';

/**
 * Names and attributes of oidc-provider's cookies. On https the names bind them to this host (RFC 6265bis, section 4.1.3):
 * `__Host-` for the session, which is sent to every path also where Sluis is mounted under one; `__Secure-` for those that
 * belong to one sign-in's path. Plain http is for this machine alone, where browsers refuse those names.
 *
 * Not signed: the values are random, and a signature would prove nothing more.
 */
export function cookies(issuer: string, session = 'sluis'): NonNullable<Configuration['cookies']> {
  const secure = new URL(issuer).protocol === 'https:';
  const attributes = { httpOnly: true, sameSite: 'lax', secure, signed: false } as const;
  const prefix = secure ? '__Secure-' : '';
  return {
    names: {
      session: secure ? `__Host-${session}` : session,
      interaction: `${prefix}sluis-interaction`,
      resume: `${prefix}sluis-resume`,
    },
    long: { ...attributes, path: '/' },
    short: attributes,
  };
}
