import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import type { Credential } from './credential.ts';
import { cleanName } from './name.ts';

/** An AppID, as its maker wrote it: its bytes are hashed. */
const appId = z
  .string()
  .max(500)
  .refine((given) => URL.canParse(given) && new URL(given).protocol === 'https:');

/** Base64 in either alphabet, with padding or without. */
const binary = z
  .string()
  .max(2048)
  .regex(/^[\w+/-]+={0,2}$/)
  .transform((given) => Buffer.from(given, 'base64'));

const registration = z.strictObject({
  keyHandle: binary.refine(({ length }) => length > 0 && length <= 255),
  publicKey: binary,
  appId,
  counter: z.int().min(0).max(0xffffffff).default(0),
  name: z.string().default(''),
});

/**
 * The credential of a key that an older system registered with U2F.
 * @param given `keyHandle` and `publicKey` (an uncompressed point, 65 bytes) in base 64 or base64url, `appId`; `counter` and `name` where they are known
 * @returns undefined when no browser or no key could use it
 */
export function importedFromU2f(given: unknown): Credential | undefined {
  const { data } = registration.safeParse(given);
  const publicKey = data && coseKey(data.publicKey);
  if (data === undefined || publicKey === undefined) return undefined;
  const name = cleanName(data.name);
  return {
    id: data.keyHandle.toString('base64url'),
    publicKey,
    counter: data.counter,
    transports: [],
    synced: false,
    appId: data.appId,
    ...(name !== '' && { name }),
  };
}

/** A raw public key (FIDO U2F Raw Message Formats 1.2, section 4.3) as COSE_Key for ES256 (RFC 9053, section 7.1). */
function coseKey(point: Buffer): string | undefined {
  if (point.length !== 65 || point[0] !== 4) return undefined;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)];
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') };
    createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // No point of the curve.
    return undefined;
  }
  const head = Buffer.from('a5010203262001215820', 'hex');
  return Buffer.concat([head, x, Buffer.from('225820', 'hex'), y]).toString('base64url');
}
