import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { permit } from '../shapes/account.ts';
import { id } from '../shapes/values.ts';
import { permitFor } from './permit.ts';

export const resetFactors = act({
  name: 'account.reset-factors',
  summary:
    'Takes away the second factors and recovery codes that somebody has, signs them out everywhere, and makes a code to hand over with which they set one up again.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id }),
  output: permit,
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    return permitFor(needs, actor, { account: value, reset: true });
  },
});
