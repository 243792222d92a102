import type { Configuration, KoaContextWithOIDC, RefreshToken, Session } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';

/** How long things live, in milliseconds. */
export interface Lifetimes {
  readonly authorizationCode: number;
  readonly idToken: number;
  readonly accessToken: number;
  /** From the sign-in, however often the token is replaced. */
  readonly refreshToken: number;
  /** From the sign-in, however often the session is used. */
  readonly session: number;
  /** How long one sign-in may take. */
  readonly interaction: number;
}

/** The lifetimes as oidc-provider asks for them, in seconds. */
export function ttl(lifetimes: Lifetimes, clock: Clock): NonNullable<Configuration['ttl']> {
  const seconds = (milliseconds: number) => Math.max(1, Math.floor(milliseconds / 1_000));
  const [session, interaction] = [seconds(lifetimes.session), seconds(lifetimes.interaction)];
  return {
    AuthorizationCode: seconds(lifetimes.authorizationCode),
    IdToken: seconds(lifetimes.idToken),
    AccessToken: seconds(lifetimes.accessToken),
    ClientCredentials: seconds(lifetimes.accessToken),
    RefreshToken: ({ oidc }: KoaContextWithOIDC, _token: RefreshToken) =>
      oidc.entities.RotatedRefreshToken?.remainingTTL ?? seconds(lifetimes.refreshToken),
    // A grant may be used for a new refresh token until the session ends, and must outlive that token.
    Grant: session + seconds(lifetimes.refreshToken),
    Interaction: interaction,
    Session: (_ctx: KoaContextWithOIDC, { loginTs }: Session) =>
      loginTs === undefined ? interaction : Math.max(1, loginTs + session - seconds(clock.now())),
    DeviceCode: interaction,
    BackchannelAuthenticationRequest: interaction,
  };
}

/** Milliseconds that clocks may differ by, and that a process may sign with a key whose turn is over. */
const SKEW = 5 * 60_000;

/**
 * Milliseconds for which a key stays published after its turn: the longest that what it signed last is looked at. An ID token is until the
 * session ends, as `id_token_hint` (OpenID Connect RP-Initiated Logout 1.0, section 2); nothing else that is signed lives as long.
 */
export function verificationTime({ idToken, session }: Pick<Lifetimes, 'idToken' | 'session'>): number {
  return Math.max(idToken, session) + SKEW;
}
