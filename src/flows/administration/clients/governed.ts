import type { Client } from '../../../domain/client.ts';
import type { Kept } from '../../../domain/ports.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { Refusal } from '../refusal.ts';
import { type Scope, scopes } from '../scopes.ts';

/** @throws {Refusal} `not-found` */
export async function foundClient({ clients }: Pick<Needs, 'clients'>, id: string): Promise<Kept<Client>> {
  const found = await clients.find(id);
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

/**
 * A client that the actor may change. A service gives no service, itself included, more than it was granted, and takes over none that
 * has more: otherwise leave to look after clients would be leave to everything.
 * @param seen version that the change was thought of with
 * @throws {Refusal} `not-found`, `forbidden`, `changed`
 */
export async function governedClient(
  needs: Pick<Needs, 'clients'>,
  actor: Actor,
  { id, version: seen }: { readonly id: string; readonly version: number },
): Promise<Client> {
  const { value, version } = await foundClient(needs, id);
  checkGrants(actor, value);
  if (version !== seen) throw new Refusal('changed');
  return value;
}

/** @throws {Refusal} `forbidden` */
export function checkGrants({ scopes: own }: Actor, { administers, metadata }: Client): void {
  if (own === undefined || administers === undefined) return;
  if (administeredScopes(metadata).some((scope) => !own.includes(scope))) throw new Refusal('forbidden');
}

/** What a client may be granted at the REST API. */
export function administeredScopes({ scope = '' }: Client['metadata']): readonly Scope[] {
  const words = String(scope).split(' ');
  return scopes.filter((known) => words.includes(known));
}
