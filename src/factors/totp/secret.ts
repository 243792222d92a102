import { ScureBase32Plugin } from 'otplib';
import { z } from 'zod';
import { typedCode } from '../typed-code.ts';

const base32 = new ScureBase32Plugin();

/** Shared secrets in bytes: 20 are recommended (RFC 4226, section 4), and many systems give out 10. */
export const LEAST_BYTES = 10;
const MOST_BYTES = 64;

/** What is stored of one authenticator app. Everything but `key` and `lastStep` is there for imports alone. */
export const totpSecret = z.strictObject({
  /** Base 32 (RFC 4648), without padding. */
  key: z.string().refine(isKey),
  /** The time step of the newest code that was accepted; 0 before the first. No code of it or before it is right again. */
  lastStep: z.int().min(0).default(0),
  algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha1'),
  digits: z.literal([6, 7, 8]).default(6),
  /** Seconds that a code lasts. */
  period: z.int().min(15).max(300).default(30),
});
export type TotpSecret = z.output<typeof totpSecret>;

/**
 * The secret of an app that was set up in another system.
 * @param imported `key` in base 32 as people write it (any case, spaces, padding), and what differs from the defaults
 * @returns undefined when no app could use it
 */
export function importedTotpSecret(imported: Partial<TotpSecret> & { readonly key: string }): TotpSecret | undefined {
  const key = typedCode(imported.key.slice(0, 200)).toUpperCase().replace(/=+$/, '');
  return totpSecret.safeParse({ ...imported, key }).data;
}

function isKey(key: string): boolean {
  if (!/^[A-Z2-7]{1,103}$/.test(key)) return false;
  try {
    const { length } = base32.decode(key);
    return length >= LEAST_BYTES && length <= MOST_BYTES;
  } catch {
    // Base 32 of no whole number of bytes.
    return false;
  }
}
