import { conclude, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/sessions';

/** Where somebody is signed in. */
export async function showSessions(visit: Visit): Promise<void> {
  const { account: page } = visit.needs;
  const sessions = await page.sessions(owningOf(visit));
  present(visit, 'account/sessions', { who: await page.show(visit.session), own: { sessions } });
}

export async function endOthers(posted: Posted): Promise<void> {
  await conclude(posted, PLACE, await posted.needs.account.endOthers(owningOf(posted)));
}
