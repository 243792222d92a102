import { type ScryptOptions, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Scheme } from './hash-scheme.ts';
import { blank, fromPhcBase64, hasLength } from './phc-base64.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scryptWithCallback);

/** 128 MiB; N·r·p of N=2^17, r=8, p=1: about half a second. */
const MOST = { memory: 134_217_728, work: 1_048_576 };

const shape = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,6}),p=(\d{1,6})\$([^$]+)\$([^$]+)$/;

/** scrypt (RFC 7914) as a PHC string, which is passlib's format too: `$scrypt$ln=16,r=8,p=1$salt$digest`. */
export const scrypt: Scheme = (encoded) => {
  if (!encoded.startsWith('$scrypt$')) return undefined;
  const [, ln, r, p, salt64 = '', digest64 = ''] = shape.exec(encoded) ?? [];
  const [salt, digest] = [fromPhcBase64(salt64), fromPhcBase64(digest64)];
  if (!hasLength(salt, 8, 64) || !hasLength(digest, 16, 64)) return 'malformed';

  const options = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
  if (Number(ln) < 1 || options.r < 1 || options.p < 1) return 'malformed';
  const memory = 128 * options.N * options.r;
  if (memory > MOST.memory || options.N * options.r * options.p > MOST.work) return 'too-costly';

  return {
    kind: `$scrypt$ln=${ln},r=${r},p=${p}$${blank(16)}$${blank(32)}`,
    async matches(secret) {
      // Node's own limit leaves no room for what OpenSSL needs beside the table.
      const derived = await derive(secret, salt, digest.length, { ...options, maxmem: 2 * memory + 1_048_576 });
      return timingSafeEqual(derived, digest);
    },
  };
};
