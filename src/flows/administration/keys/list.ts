import { z } from 'zod';
import { standingKeys } from '../../signing-keys/standing.ts';
import { act } from '../act.ts';
import { signingKey } from '../shapes/signing-key.ts';
import { viewOf } from './view.ts';

export const listSigningKeys = act({
  name: 'key.list',
  summary: 'The keys that sign tokens, by algorithm, the last to sign first.',
  role: 'administrator',
  scope: 'keys:read',
  reads: true,
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(signingKey).describe('All of them.') }),
  run: async (needs) => ({ items: (await standingKeys(needs)).map(viewOf) }),
});
