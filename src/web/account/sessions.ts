import { conclude, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/sessions';

/** Where somebody is signed in. */
export async function showSessions(visit: Visit): Promise<void> {
  const { account: page, cookies } = visit.needs;
  const sessions = await page.sessions(owningOf(visit));
  const devices = await page.devices(owningOf(visit), cookies.devices(visit.ctx));
  present(visit, 'account/sessions', {
    who: await page.show(visit.session),
    own: { sessions, ...(devices && { devices }) },
  });
}

/** Signs out in the one session that the form names, or everywhere but here. */
export async function endSessions(posted: Posted): Promise<void> {
  const { needs, form } = posted;
  const { account: page } = needs;
  const owning = owningOf(posted);
  const { uid } = form;
  await conclude(posted, PLACE, await (uid === undefined ? page.endOthers(owning) : page.endSession(owning, uid)));
}
