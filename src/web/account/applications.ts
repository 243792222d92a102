import { shownClient } from '../shown-client.ts';
import { conclude, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/applications';

/** Which applications may see something of somebody, and what. */
export async function showApplications(visit: Visit): Promise<void> {
  const { account: page } = visit.needs;
  const found = await page.applications(visit.session);
  const applications = found.map(({ client, ...access }) => {
    return { ...access, id: client.id, firstParty: client.firstParty, client: shownClient(client) };
  });
  present(visit, 'account/applications', { who: await page.show(visit.session), own: { applications } });
}

export async function takeBack(posted: Posted): Promise<void> {
  const { client = '' } = posted.form;
  await conclude(posted, PLACE, await posted.needs.account.takeBack(owningOf(posted), client));
}
