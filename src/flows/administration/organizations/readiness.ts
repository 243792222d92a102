import { z } from 'zod';
import { act } from '../act.ts';
import { seenOrganization } from '../reach.ts';
import { id } from '../shapes/values.ts';

export const readinessOfOrganization = act({
  name: 'organization.readiness',
  summary:
    'How many people can sign in, and how many of them have neither a second factor nor a confirmed phone number.',
  role: 'superuser',
  scope: 'organizations:read',
  reads: true,
  input: z.strictObject({ id }),
  output: z.strictObject({
    people: z.int().describe('How many can sign in.'),
    withoutFactor: z.int().describe('How many of them have neither a second factor nor a confirmed number.'),
  }),
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await seenOrganization(needs, actor, wanted);
    return needs.organizations.readiness(value.id);
  },
});
