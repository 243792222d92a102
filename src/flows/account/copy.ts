import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import type { PersonalData } from '../personal-data/index.ts';
import { changer } from './admit.ts';
import type { Needs } from './needs.ts';

/** Everything that is kept about the person, for themselves: whoever found an open browser must not get it. */
export async function copyData(needs: Needs, owning: Owning): Promise<Outcome | { readonly data: PersonalData }> {
  const account = await changer(needs, owning);
  const data = account && (await needs.gatherData(account.id));
  if (data === undefined) return refused('unproved');
  await noteChange(needs, owning, [{ type: 'account.data-copied' }]);
  return { data };
}
