import { z } from 'zod';
import { id, time } from './values.ts';

export const algorithm = z.enum(['ES256', 'RS256']).describe('What it signs with (RFC 7518, section 3.1).');

/** A signing key as administrators see it: when it does what, and nothing of the key itself. */
export const signingKey = z.strictObject({
  id: id.describe('Its `kid`.'),
  algorithm,
  state: z
    .enum(['waiting', 'signing', 'verifying', 'retired'])
    .describe('`waiting`: published, and will sign. `verifying`: published for what it signed.'),
  publishedAt: time.describe('Since when it is in the key set.'),
  signsFrom: time.describe('When it begins to sign.'),
  retiresAt: time.nullable().describe('When it is deleted; null while no other key is to take its place.'),
});
