import type { Organization } from '../../domain/organization.ts';
import type { Kept, KeptAccount } from '../../domain/ports.ts';
import { type Actor, rankOf } from './actor.ts';
import type { Needs } from './needs.ts';
import { Refusal } from './refusal.ts';

/** Whether an actor reaches what belongs to an organization; null is what belongs to none. */
export function reaches(actor: Actor, organization: string | null): boolean {
  return actor.organization === undefined || actor.organization === organization;
}

/**
 * An account that the actor may see. What they may not see is not there: nobody learns who works elsewhere.
 * @throws {Refusal} `not-found`
 */
export async function seenAccount({ accounts }: Needs, actor: Actor, id: string): Promise<KeptAccount> {
  const found = await accounts.find(id);
  if (found === undefined || !reaches(actor, found.value.organization ?? null)) throw new Refusal('not-found');
  return found;
}

/**
 * An account that the actor may act on: nobody acts on somebody with a higher role.
 * @throws {Refusal} `not-found`, `forbidden`
 */
export async function governedAccount(needs: Needs, actor: Actor, id: string): Promise<KeptAccount> {
  const found = await seenAccount(needs, actor, id);
  if (rankOf(found.value.roles) > rankOf([actor.role])) throw new Refusal('forbidden');
  return found;
}

/** @throws {Refusal} `not-found` */
export async function seenOrganization(
  { organizations }: Needs,
  actor: Actor,
  id: string,
): Promise<Kept<Organization>> {
  const found = reaches(actor, id) ? await organizations.find(id) : undefined;
  if (found === undefined) throw new Refusal('not-found');
  return found;
}
