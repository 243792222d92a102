import { z } from 'zod';
import { act } from '../act.ts';
import { reaches } from '../reach.ts';
import { Refusal } from '../refusal.ts';
import { accountSummary } from '../shapes/account.ts';
import { id, pageOf, paging, prefix } from '../shapes/values.ts';
import { summaryOf } from './view.ts';

export const listAccounts = act({
  name: 'account.list',
  summary:
    'People by username, or those whose username, e-mail address or a word of whose name begins with something. A page may be short, or empty, and have one after it.',
  role: 'accountant',
  scope: 'accounts:read',
  reads: true,
  input: z.strictObject({
    ...paging,
    organization: id.nullable().describe('Of one organization; null: people without one.').exactOptional(),
    prefix: prefix.describe('What username, e-mail address or a word of the name begins with.').exactOptional(),
  }),
  output: pageOf(accountSummary),
  run: async (needs, actor, { organization = actor.organization, ...asked }) => {
    if (organization !== undefined && !reaches(actor, organization)) throw new Refusal('not-found');
    const page = await needs.accounts.page({ ...asked, ...(organization !== undefined && { organization }) });
    return { items: page.items.map(summaryOf), ...(page.next !== undefined && { next: page.next }) };
  },
});
