import { epochOf } from '../../domain/login.ts';
import type { Needs } from './needs.ts';
import { noteChange } from './note.ts';
import { type Outcome, type Owning, refused } from './outcome.ts';
import type { Owner } from './owner.ts';
import { areNeeded, withCodes } from './removal.ts';

/** What goes, and as what it is written down. */
export interface Removal {
  /** Ids of second factors. */
  readonly ids: readonly string[];
  readonly type: 'factor.removed' | 'factor.replaced' | 'factor.turned-off';
}

/**
 * Takes second factors away: all of them, or none. Sessions, sign-ins and tokens of before end with it, as for every change of what
 * somebody signs in with.
 */
export async function takeAway(
  needs: Needs,
  { owning, owner }: { readonly owning: Owning; readonly owner: Owner },
  { ids, type }: Removal,
): Promise<Outcome> {
  const { account, set, second } = owner;
  if (areNeeded(needs, owner, ids)) return refused('needed');
  if (!(await needs.enrolments.remove(account.id, withCodes(needs, owner, ids), set.version)))
    return refused('changed');
  const gone = second.filter(({ id }) => ids.includes(id));
  await noteChange(
    needs,
    owning,
    gone.map(({ id, factor }) => ({ type, details: { factor, enrolment: id } })),
  );
  await needs.endSessions(account.id, owning.session.uid);
  // Had anything else raised it meanwhile, this is not what it is now.
  return { ok: true, epoch: epochOf(account, { epoch: set.epoch + 1 }) };
}
