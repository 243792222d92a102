import { z } from 'zod';
import { id, time } from './values.ts';

export const algorithm = z.enum(['ES256', 'RS256']);

/** A signing key as administrators see it: when it does what, and nothing of the key itself. */
export const signingKey = z.strictObject({
  id,
  algorithm,
  /** `waiting`: published, and will sign. `verifying`: published for what it signed. */
  state: z.enum(['waiting', 'signing', 'verifying', 'retired']),
  publishedAt: time,
  signsFrom: time,
  /** Null while no other key is to take its place. */
  retiresAt: time.nullable(),
});
