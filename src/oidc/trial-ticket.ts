import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { Vault, WantedTrial } from '../domain/ports.ts';
import { TRIAL_TIME } from './trial-provider.ts';

/**
 * What is known of a trial while the browser is on its way. Sealed, it is that browser's: nobody else can go on with it, and nobody at
 * all can make or change one.
 */
export interface TrialTicket extends WantedTrial {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636, section 4.1. */
  readonly verifier: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

export interface TrialTickets {
  make(wanted: WantedTrial): string;
  /** Undefined for what is none, or is over. */
  read(sealed: string | undefined): TrialTicket | undefined;
}

const CONTEXT = 'cookie:trial';

export function trialTickets({ vault, clock }: { readonly vault: Vault; readonly clock: Clock }): TrialTickets {
  return {
    make(wanted) {
      const ticket = { ...wanted, state: random(), nonce: random(), verifier: random(), at: clock.now() };
      return vault.seal(JSON.stringify(ticket), CONTEXT);
    },
    read(sealed) {
      if (sealed === undefined) return undefined;
      try {
        // Sealed here: the shape needs no deeper look.
        const ticket: TrialTicket = JSON.parse(vault.open(sealed, CONTEXT));
        return clock.now() - ticket.at < TRIAL_TIME ? ticket : undefined;
      } catch {
        return undefined; // made up, or under a key that is gone
      }
    },
  };
}

/** The authorization request of a trial (OpenID Connect Core, section 3.1.2.1). */
export function trialRequest({ client, scopes, state, nonce, verifier }: TrialTicket, redirect: string): string {
  const query = new URLSearchParams({
    client_id: client,
    redirect_uri: redirect,
    response_type: 'code',
    scope: [...new Set(['openid', ...scopes])].join(' '),
    state,
    nonce,
    code_challenge: digest(verifier).toString('base64url'),
    code_challenge_method: 'S256',
  });
  return `${query}`;
}

/** Compares secrets, in a time that tells nothing of them. */
export function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
