import type { Factor } from '../../domain/factor.ts';
import { readCredential } from './credential.ts';
import { cleanName } from './name.ts';

/** What people call their keys. */
export const naming: NonNullable<Factor['naming']> = {
  of: (secret) => readCredential(secret).name,
  give(secret, typed) {
    const { name: _old, ...credential } = readCredential(secret);
    const name = cleanName(typed);
    return name === '' ? credential : { ...credential, name };
  },
};
