import type { z } from 'zod';
import type { StandingKey } from '../../../domain/signing-key.ts';
import type { signingKey } from '../shapes/signing-key.ts';

/** A signing key as the faces of administration show it. */
export function viewOf({ id, algorithm, state, ...times }: StandingKey): z.input<typeof signingKey> {
  const { createdAt: publishedAt, signsFrom, retiresAt } = times;
  return { id, algorithm, state, publishedAt, signsFrom, retiresAt: retiresAt ?? null };
}
