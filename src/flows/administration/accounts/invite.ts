import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { passwordLink } from '../shapes/account.ts';
import { id } from '../shapes/values.ts';
import { invite } from './invitation.ts';

export const inviteAccount = act({
  name: 'account.invite',
  summary:
    'A link for 24 hours with which somebody chooses their first password: mailed, or shown once for who has no address.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id, by: z.enum(['mail', 'link']).describe('Mailed, or answered to be handed over.') }),
  output: z.strictObject({ link: passwordLink.nullable().describe('Null where it was mailed.') }),
  run: async (needs, actor, { id: wanted, by }) => {
    const kept = await governedAccount(needs, actor, wanted);
    return { link: (await invite(needs, actor, { kept, by, field: 'by' })) ?? null };
  },
});
