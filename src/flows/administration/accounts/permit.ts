import type { Account } from '../../../domain/account.ts';
import { type HandedOver, handOverPermit } from '../../permits/hand-over.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { Refusal } from '../refusal.ts';
import { noteAbout } from './note-about.ts';

/** A code that staff hand over to somebody. @throws {Refusal} `not-possible` for who holds a factor that is not to go, or is disabled */
export async function permitFor(
  needs: Needs,
  actor: Actor,
  { account, reset }: { readonly account: Account; readonly reset: boolean },
): Promise<HandedOver> {
  const given = await handOverPermit(needs, account, {
    reset,
    note: (type) => noteAbout(needs, { actor, account }, { type, details: { way: 'staff' } }),
  });
  if ('refused' in given) throw new Refusal('not-possible');
  return given;
}
