import { conclude, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/data';

/** What is in a copy of somebody's own data. */
export async function showData(visit: Visit): Promise<void> {
  present(visit, 'account/data', { who: await visit.needs.account.show(visit.session) });
}

export async function sendData(posted: Posted): Promise<void> {
  const { ctx, needs } = posted;
  const outcome = await needs.account.copyData(owningOf(posted));
  if (!('data' in outcome)) return conclude(posted, PLACE, outcome);
  ctx.state.outcome = 'sent';
  ctx.set({ 'Cache-Control': 'no-store', 'Content-Disposition': 'attachment; filename="account.json"' });
  ctx.type = 'json';
  ctx.body = JSON.stringify(outcome.data, null, 2);
}
