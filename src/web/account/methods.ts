import type { Outcome } from '../../flows/own-factors/outcome.ts';
import type { Errand, Return } from '../front-door.ts';
import { conclude, goTo, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/methods';

/** The second factors that somebody has, and what they may do with them. */
export async function showMethods(visit: Visit): Promise<void> {
  const { account: page } = visit.needs;
  const factors = await page.factors.show(visit.session);
  present(visit, 'account/methods', { who: await page.show(visit.session), own: { ...(factors && { factors }) } });
}

/** What a button on that page is for. Setting up is for the front door; all else is done here. */
export async function changeMethods(posted: Posted): Promise<void> {
  const { needs, form } = posted;
  const { factors } = needs.account;
  const owning = owningOf(posted);
  const { id = '', factor = '' } = form;
  switch (form.act) {
    case 'rename':
      return conclude(posted, PLACE, await factors.rename(owning, id, form.name ?? ''));
    case 'prefer':
      return conclude(posted, PLACE, await factors.prefer(owning, factor));
    case 'remove':
      return conclude(posted, PLACE, await factors.remove(owning, id));
    case 'turn-off':
      return conclude(posted, PLACE, await factors.turnOff(owning));
    case 'begin':
      return leave(posted, { second: true });
    case 'add':
      return add(posted);
    case 'renew':
      return renew(posted);
    case 'codes':
      return needs.codes === undefined ? goTo(posted, PLACE, 'unknown') : leave(posted, { adding: needs.codes });
    default:
      goTo(posted, PLACE, 'unknown');
  }
}

/** Another method, in place of all others where the person says so. */
async function add(posted: Posted): Promise<void> {
  const { factor: adding = '', instead } = posted.form;
  const overview = await posted.needs.account.factors.show(posted.session);
  if (overview === undefined || !overview.offered.includes(adding)) return goTo(posted, PLACE, 'choose');
  leave(posted, { adding, ...(instead === 'on' && { instead: overview.held.map(({ id }) => id) }) });
}

/** The same method once more: another phone, another number. */
async function renew(posted: Posted): Promise<void> {
  const overview = await posted.needs.account.factors.show(posted.session);
  const old = overview?.held.find(({ id }) => id === posted.form.id);
  if (old === undefined || !old.single) return goTo(posted, PLACE, 'unknown');
  leave(posted, { adding: old.factor, instead: [old.id] });
}

function leave({ ctx, needs, session }: Posted, errand: Omit<Errand, 'returnTo' | 'fresh'>): void {
  ctx.state.outcome = 'leaves';
  needs.door.leave(ctx, { returnTo: PLACE, fresh: true, ...errand }, session);
}

/** Somebody comes back who set a factor up in place of others, or did not. */
export async function finishMethods(visit: Visit, { errand, at }: Return): Promise<void> {
  const { factors } = visit.needs.account;
  const outcome: Outcome = await factors.replace(owningOf(visit), errand.instead ?? [], at);
  if (!outcome.ok && outcome.reason === 'unknown') return goTo(visit, PLACE);
  await conclude(visit, PLACE, outcome);
}
