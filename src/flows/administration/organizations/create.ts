import { randomUUID } from 'node:crypto';
import { difference } from '../../../domain/difference.ts';
import type { Organization } from '../../../domain/organization.ts';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { taken } from '../refusal.ts';
import { organization, organizationFields } from '../shapes/organization.ts';
import { entering } from './entered.ts';
import { viewOf } from './view.ts';

/** What an organization decides that nobody has decided anything for. */
const standard: Omit<Organization, 'id' | 'code' | 'name'> = {
  secondFactorRequired: false,
  firstSetUp: 'open',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
};

export const createOrganization = act({
  name: 'organization.create',
  summary: 'A new organization. What is not decided is as in a deployment that nobody configured.',
  role: 'administrator',
  scope: 'organizations:write',
  reads: false,
  input: organizationFields.partial().required({ code: true, name: true }),
  output: organization,
  run: async (needs, actor, entered) => {
    const { code, name } = entered;
    const made = entering(needs, { id: randomUUID(), code, name, ...standard }, entered);
    if (!(await needs.organizations.add(made))) throw taken('code');
    await note(needs, actor, {
      type: 'organization.created',
      organization: made.id,
      ...difference({}, made, []),
    });
    return viewOf(needs, { value: made, version: 1 });
  },
});
