import { z } from 'zod';
import { rotate } from '../../signing-keys/rotate.ts';
import { act } from '../act.ts';
import { algorithm, signingKey } from '../shapes/signing-key.ts';

export const rotateSigningKey = act({
  name: 'key.rotate',
  summary: 'Publish a new signing key, which takes over after the lead time, or immediately.',
  role: 'administrator',
  scope: 'keys:write',
  reads: false,
  input: z.strictObject({
    algorithm,
    immediately: z
      .boolean()
      .default(false)
      .describe('It signs at once, and one that waits goes: for when a key leaked.'),
  }),
  output: signingKey.pick({ id: true, publishedAt: true, signsFrom: true }),
  async run(needs, actor, asked) {
    const { id, createdAt: publishedAt, signsFrom } = await rotate(needs, actor, asked);
    return { id, publishedAt, signsFrom };
  },
});
