import { z } from 'zod';
import { act } from '../act.ts';
import { organizationSummary } from '../shapes/organization.ts';
import { pageOf, paging, prefix } from '../shapes/values.ts';
import { summaryOf } from './view.ts';

export const listOrganizations = act({
  name: 'organization.list',
  summary: 'Organizations by code; who acts in one alone finds that one.',
  role: 'accountant',
  scope: 'organizations:read',
  reads: true,
  input: z.strictObject({ ...paging, prefix: prefix.exactOptional() }),
  output: pageOf(organizationSummary),
  run: async ({ organizations }, actor, asked) => {
    if (actor.organization === undefined) {
      const { items, ...rest } = await organizations.page(asked);
      return { items: items.map(summaryOf), ...rest };
    }
    const own = actor.organization === null ? undefined : await organizations.find(actor.organization);
    return { items: own === undefined ? [] : [summaryOf(own.value)] };
  },
});
