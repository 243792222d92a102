import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { MFA, PHR } from '../domain/acr.ts';
import type { Clock } from '../domain/clock.ts';

/** What the person pressed: plainly, with a second factor, or once more although a session stands. */
export const ways = ['plain', 'second-factor', 'again'] as const;
export type Way = (typeof ways)[number];

/** A sign-in that was begun in one browser and has to come back to it. */
export interface Attempt {
  readonly way: Way;
  /** Ties the answer to this browser (RFC 6749, section 10.12). */
  readonly state: string;
  /** Ties the ID token to this attempt (OpenID Connect Core, section 3.1.2.1). */
  readonly nonce: string;
  /** Of Proof Key for Code Exchange (RFC 7636). */
  readonly verifier: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

export function newAttempt(way: Way, clock: Clock): Attempt {
  return {
    way,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    startedAt: clock.now(),
  };
}

/** What each way adds to the authorization request. */
export const parametersOf: Readonly<Record<Way, Readonly<Record<string, string>>>> = {
  plain: {},
  'second-factor': { acr_values: MFA },
  again: { prompt: 'login' },
};

/** Seconds that the clocks of provider and application may differ. */
const TOLERANCE = 30;

/**
 * Whether the provider did what the request asked. It stands in the address of the browser, where anybody could have
 * taken `acr_values` or `prompt` out: only the ID token tells.
 */
export function isHonoured({ way, startedAt }: Attempt, claims: { acr?: unknown; auth_time?: unknown }): boolean {
  if (way === 'second-factor') return claims.acr === MFA || claims.acr === PHR;
  if (way === 'again') return Number(claims.auth_time) >= Math.floor(startedAt / 1000) - TOLERANCE;
  return true;
}
