import { createHash } from 'node:crypto';
import type { ParsedAuthenticatorData } from '@simplewebauthn/server/helpers';
import type { Objection } from './credential.ts';

/** For whom an authenticator must have answered, and how. */
export interface Demanded {
  /** RP IDs, and AppIDs of U2F, of which one must be meant. */
  readonly parties: readonly string[];
  /** The authenticator must have made sure who the person is (fingerprint, PIN). */
  readonly verification: boolean;
}

/** What is wrong with what an authenticator says (Web Authentication Level 3, sections 7.1 and 7.2). */
export function objectionToAuthenticator(
  { rpIdHash, flags }: Pick<ParsedAuthenticatorData, 'rpIdHash' | 'flags'>,
  { parties, verification }: Demanded,
): Objection | undefined {
  const hashes = parties.map((party) => createHash('sha256').update(party).digest());
  if (!hashes.some((hash) => hash.equals(rpIdHash))) return 'rp-id';
  if (!flags.up) return 'presence';
  return verification && !flags.uv ? 'verification' : undefined;
}
