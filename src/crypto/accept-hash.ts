import { argon2 } from './hash-argon2.ts';
import { bcrypt } from './hash-bcrypt.ts';
import { pbkdf2 } from './hash-pbkdf2.ts';
import type { HashFault, ReadHash, Scheme } from './hash-scheme.ts';
import { scrypt } from './hash-scrypt.ts';

const schemes: readonly Scheme[] = [argon2, bcrypt, scrypt, pbkdf2];

/** Longer than any accepted hash. */
const LONGEST = 512;

/** An encoded hash of any accepted scheme, ready to be verified against, or why it is not accepted. */
export function readHash(encoded: string): ReadHash | HashFault {
  if (encoded.length > LONGEST) return 'malformed';
  for (const scheme of schemes) {
    const read = scheme(encoded);
    if (read !== undefined) return read;
  }
  return 'unknown-scheme';
}

/**
 * Whether a password hash made elsewhere can be imported. The `kind` is to be stored with it: as long as one account
 * has it, every failed sign-in costs a hash of that kind, so the hasher asks which kinds there are.
 */
export function acceptHash(
  encoded: string,
): { readonly ok: true; readonly kind: string } | { readonly ok: false; readonly reason: HashFault } {
  const read = readHash(encoded);
  return typeof read === 'string' ? { ok: false, reason: read } : { ok: true, kind: read.kind };
}
