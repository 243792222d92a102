import { OWN_PAGE } from '../../domain/own-page.ts';
import type { Needs } from './needs.ts';

/** Names of clients by their ids: of those that there still are, and without the person's own page. */
export async function clientNames(
  { clients }: Pick<Needs, 'clients'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const others = [...new Set(ids)].filter((id) => id !== OWN_PAGE);
  const found = await Promise.all(others.map(async (id) => [id, (await clients.byId(id))?.name] as const));
  return new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
}
