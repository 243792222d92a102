import { verify } from '@node-rs/bcrypt';
import type { Scheme } from './hash-scheme.ts';

/** 2^14 rounds: about a second. */
const MOST = 14;

/** Of the last characters of salt and digest only some bits count; the others must be 0, or the library refuses without computing. */
const shape = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;

/** bcrypt in modular crypt format: `$2a$`, `$2b$` and `$2y$`. Like every bcrypt it reads the first 72 bytes alone. */
export const bcrypt: Scheme = (encoded) => {
  if (!/^\$2[aby]\$/.test(encoded)) return undefined;
  const cost = shape.exec(encoded)?.[1];
  if (cost === undefined || Number(cost) < 4 || Number(cost) > 31) return 'malformed';
  if (Number(cost) > MOST) return 'too-costly';
  return { kind: `$2b$${cost}$${'.'.repeat(53)}`, matches: (secret) => verify(secret, encoded) };
};
