import type { Account } from '../../domain/account.ts';
import { FRESH, OWN_PAGE } from '../../domain/own-page.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import type { Owning } from '../own-factors/outcome.ts';
import { isEnough } from '../sign-in/assurance.ts';
import type { Needs } from '../sign-in/needs.ts';

/**
 * Whether a session may see its person's own page, or with `fresh` change something there: by the rules of signing in, which a step-up
 * at the front door follows as well.
 */
export function admits(needs: Needs, session: SessionStanding, fresh: boolean): Promise<boolean> {
  const within = fresh ? { provedWithin: FRESH } : {};
  return isEnough(needs, { session, client: OWN_PAGE, acceptableAcrs: [], inPerson: true, ...within });
}

/** Whose session this is, where they proved just now who they are. */
export async function changer(needs: Needs, { session }: Owning): Promise<Account | undefined> {
  return (await admits(needs, session, true)) ? needs.accounts.byId(session.account) : undefined;
}
