import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** What is kept of the id of somebody who was erased. */
export function idDigest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

/** Those of the ids that were somebody's who was erased: nobody else gets them. */
export async function erasedAmong(db: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const byDigest = new Map(ids.map((id) => [idDigest(id), id]));
  const rows = await db
    .selectFrom('erased_accounts')
    .select('digest')
    .where('digest', 'in', [...byDigest.keys()])
    .execute();
  return new Set(rows.flatMap(({ digest }) => byDigest.get(digest) ?? []));
}
