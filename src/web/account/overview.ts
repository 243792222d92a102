import { locales } from '../../domain/locale.ts';
import { conclude, goTo, owningOf, type Posted, present, type Visit } from './visit.ts';

/** Everything about the account at a glance. */
export async function showOverview(visit: Visit): Promise<void> {
  const { account: page } = visit.needs;
  const who = await page.show(visit.session);
  const { account, organization } = who;
  const factors = await page.factors.show(visit.session);
  present(visit, 'account/overview', {
    who,
    own: {
      profile: {
        username: account.username,
        ...account.profile,
        ...(organization && { office: organization.name }),
      },
      ...(factors && { factors }),
      password: page.changePassword !== undefined,
      email: page.email !== undefined,
      ...(page.chooseLanguage && { language: account.locale ?? 'automatic' }),
    },
  });
}

export async function chooseLanguage(posted: Posted): Promise<void> {
  const { ctx, needs, form } = posted;
  const locale = locales.find((one) => one === form.locale);
  if (locale === undefined || needs.account.chooseLanguage === undefined) return goTo(posted, '/account', 'unknown');
  const outcome = await needs.account.chooseLanguage(owningOf(posted), locale);
  // What was picked on a page of this browser would go before it.
  if (outcome.ok) needs.cookies.pickLanguage(ctx, locale);
  await conclude(posted, '/account', outcome);
}
