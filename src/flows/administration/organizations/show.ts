import { z } from 'zod';
import { act } from '../act.ts';
import { seenOrganization } from '../reach.ts';
import { organization } from '../shapes/organization.ts';
import { id } from '../shapes/values.ts';
import { viewOf } from './view.ts';

export const showOrganization = act({
  name: 'organization.show',
  summary: 'One organization, with everything it decides.',
  role: 'accountant',
  scope: 'organizations:read',
  reads: true,
  input: z.strictObject({ id }),
  output: organization,
  run: async (needs, actor, { id: wanted }) => viewOf(needs, await seenOrganization(needs, actor, wanted)),
});
