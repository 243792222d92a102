import { present, type Visit } from './visit.ts';

/** As `AuditHistory` makes ids of events. */
const ID = /^[\da-f-]{1,64}$/;

/** What happened to somebody's account, a page at a time. */
export async function showActivity(visit: Visit): Promise<void> {
  const { ctx, session } = visit;
  const { account: page } = visit.needs;
  const { before } = ctx.query;
  const from = typeof before === 'string' && ID.test(before) ? before : undefined;
  const activity = await page.activity(session, from);
  present(visit, 'account/activity', { who: await page.show(session), own: { activity } });
}
