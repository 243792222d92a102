import type { Actor } from '../administration/actor.ts';
import { Refusal } from '../administration/refusal.ts';
import type { Needs } from './needs.ts';
import { noteKey } from './note.ts';
import { standingKeys } from './standing.ts';

/**
 * Deletes a key for good, for it leaked: it is published no longer, and what it signed can no longer be verified.
 * @throws {Refusal} `in-use` for the one that signs, whose place another must take first; `not-found`
 */
export async function withdraw(needs: Needs, actor: Actor, id: string): Promise<void> {
  const key = (await standingKeys(needs)).find((one) => one.id === id);
  if (key?.state === 'signing') throw new Refusal('in-use');
  if (key === undefined || !(await needs.signingKeys.remove(id))) throw new Refusal('not-found');
  await noteKey(needs, actor, { type: 'key.withdrawn', key });
}
