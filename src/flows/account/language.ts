import type { Locale } from '../../domain/locale.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { admits } from './admit.ts';
import type { Needs } from './needs.ts';

/** Of pages and mail. It opens nothing to anybody, so it takes no proof of now. */
export async function chooseLanguage(needs: Needs, owning: Owning, locale: Locale): Promise<Outcome> {
  const { session } = owning;
  if (needs.accounts.setLocale === undefined) return refused('unknown');
  if (!(await admits(needs, session, false))) return refused('unproved');
  await needs.accounts.setLocale(session.account, locale);
  await noteChange(needs, owning, [{ type: 'account.language-changed', details: { locale } }]);
  return { ok: true };
}
