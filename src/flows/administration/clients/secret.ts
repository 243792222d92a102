import { randomBytes } from 'node:crypto';

/** Fields that the audit log says no more of than that they changed. */
export const secretFields = ['secret', 'formerSecret.value'] as const;

/** 256 bits, in characters that survive every configuration file (OpenID Connect Core, section 16.19). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
