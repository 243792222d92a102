import { isOwnPage } from '../../domain/own-page.ts';
import type { Needs } from './needs.ts';

/** Names of clients by their ids: of those that there still are, and without our own pages. */
export async function clientNames(
  { clients }: Pick<Needs, 'clients'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const others = [...new Set(ids)].filter((id) => !isOwnPage(id));
  const found = await Promise.all(others.map(async (id) => [id, (await clients.byId(id))?.name] as const));
  return new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
}
