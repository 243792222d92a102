import type { EmailProblem } from '../../flows/own-email/ask.ts';
import type { OwnEmail } from '../../flows/own-email/index.ts';
import { conclude, goTo, owningOf, type Posted, present, type Visit } from './visit.ts';

const PLACE = '/account/email';

/** The e-mail address of somebody, and how they change it. */
export function emailPage(email: OwnEmail) {
  async function show(visit: Visit, { problem, typed }: Partial<EmailProblem> & { readonly typed?: string } = {}) {
    const who = await visit.needs.account.show(visit.session);
    const pending = await email.pending(visit.session);
    const { email: address, emailVerified } = who.account.profile;
    present(visit, 'account/email', {
      who,
      show: { emailVerified, ...(address !== undefined && { address }), ...(pending && { pending: pending.address }) },
      ...(problem && { problem: { code: problem, field: 'email' } }),
      ...(typed !== undefined && { typed: { email: typed } }),
    });
  }

  async function take(posted: Posted): Promise<void> {
    const { ctx, form, needs } = posted;
    if (form.act === 'withdraw') return conclude(posted, PLACE, await email.withdraw(owningOf(posted)));
    const { email: address = '' } = form;
    const person = (await needs.account.show(posted.session)).account;
    const outcome = await email.ask(owningOf(posted), { address, locale: needs.pages.localeOf(ctx, { person }) });
    if ('ok' in outcome) return outcome.ok ? goTo(posted, PLACE, 'mailed') : conclude(posted, PLACE, outcome);
    ctx.state.outcome = outcome.problem;
    ctx.status = outcome.problem === 'limited' ? 429 : 422;
    await show(posted, { ...outcome, typed: address });
  }

  return { show: (visit: Visit) => show(visit), take };
}
