import type { FactorName } from '../../domain/factor.ts';
import type { FactorNeeds } from '../needs.ts';

/** What differs between a security key and a passkey. */
export interface Kind {
  readonly name: FactorName;
  /** It is found without a name and makes sure who the person is; otherwise it is something that the person has, no more. */
  readonly passkey: boolean;
  /** Factors whose credentials must not be on the authenticator already. */
  readonly excludes: readonly FactorName[];
  /** How long a challenge may be answered, in milliseconds. */
  readonly lifetime: number;
}

/** What both need. */
export type WebAuthnNeeds = Pick<FactorNeeds, 'organizations' | 'enrolments' | 'clock' | 'metadata' | 'settings'>;

/** How long a challenge may be answered (Web Authentication Level 3, section 15.1, recommends this much), in milliseconds. */
export const LIFETIME = 300_000;
