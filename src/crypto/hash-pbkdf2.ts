import { pbkdf2 as pbkdf2WithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Scheme } from './hash-scheme.ts';
import { blank, fromPhcBase64, hasLength } from './phc-base64.ts';

const derive = promisify(pbkdf2WithCallback);

/** Digest length in bytes of what PBKDF2 may be built on. */
const digests = new Map([
  ['sha1', 20],
  ['sha256', 32],
  ['sha512', 64],
]);

/** Iterations, over all blocks of the output: about two seconds. Django 6 makes 1,200,000. */
const MOST = 2_000_000;

interface Format {
  /** Hash function, iterations, salt and digest. */
  readonly shape: RegExp;
  readonly salt: (text: string) => Buffer | undefined;
  readonly digest: (text: string) => Buffer | undefined;
}

const phc: Format = {
  shape: /^\$pbkdf2-(sha\d+)\$i=(\d{1,10})(?:,l=\d{1,3})?\$([^$]+)\$([^$]+)$/,
  salt: fromPhcBase64,
  digest: fromPhcBase64,
};

const passlib: Format = {
  shape: /^\$pbkdf2-(sha\d+)\$(\d{1,10})\$([^$]+)\$([^$]+)$/,
  salt: (text) => fromPhcBase64(text.replaceAll('.', '+')),
  digest: (text) => fromPhcBase64(text.replaceAll('.', '+')),
};

const django: Format = {
  shape: /^pbkdf2_(sha\d+)\$(\d{1,10})\$([^$]+)\$([^$]+)$/,
  salt: (text) => Buffer.from(text),
  digest: (text) => fromPhcBase64(text.replace(/={1,2}$/, '')),
};

/**
 * PBKDF2 (RFC 8018, section 5.2) over SHA-1, SHA-256 or SHA-512, in three formats:
 * - PHC: `$pbkdf2-sha256$i=600000$salt$digest`, with or without `l=` (the digest's length, which it has anyway)
 * - passlib: `$pbkdf2-sha256$29000$salt$digest`, with `.` for the `+` of base64
 * - Django: `pbkdf2_sha256$600000$salt$digest`, the salt being plain text and the base64 padded
 */
export const pbkdf2: Scheme = (encoded) => {
  if (!encoded.startsWith('$pbkdf2-sha') && !encoded.startsWith('pbkdf2_sha')) return undefined;
  const fields = split(encoded);
  const block = digests.get(fields?.hash ?? '');
  if (fields === undefined || block === undefined) return 'malformed';

  const { hash, iterations, salt, digest } = fields;
  if (iterations < 1 || !hasLength(salt, 1, 64) || !hasLength(digest, 16, 64)) return 'malformed';
  if (iterations * Math.ceil(digest.length / block) > MOST) return 'too-costly';

  return {
    kind: `$pbkdf2-${hash}$i=${iterations}$${blank(16)}$${blank(digest.length)}`,
    async matches(secret) {
      return timingSafeEqual(await derive(secret, salt, iterations, digest.length, hash), digest);
    },
  };
};

function split(encoded: string) {
  for (const { shape, salt, digest } of [phc, passlib, django]) {
    const [matched, hash = '', iterations, saltText = '', digestText = ''] = shape.exec(encoded) ?? [];
    if (matched === undefined) continue;
    return { hash, iterations: Number(iterations), salt: salt(saltText), digest: digest(digestText) };
  }
  return undefined;
}
