import { createHash } from 'node:crypto';

/** What a device is found by. Nobody can guess 256 bits: a plain hash is enough, and outlives a change of the keyring. */
export function deviceKey(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
