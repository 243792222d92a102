import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { permit } from '../shapes/account.ts';
import { id } from '../shapes/values.ts';
import { permitFor } from './permit.ts';

export const givePermitTo = act({
  name: 'account.give-permit',
  summary:
    'A code to hand over to somebody who holds no second factor: they set one up with it, once, within 24 hours.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id }),
  output: permit,
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    return permitFor(needs, actor, { account: value, reset: false });
  },
});
