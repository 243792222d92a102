import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { done, id } from '../shapes/values.ts';
import { reachAt } from './phone.ts';

export const removePhone = act({
  name: 'account.remove-phone',
  summary: 'Deletes the mobile number that codes go to, whether it was confirmed or not.',
  role: 'accountant',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id }),
  output: done,
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    await reachAt(needs, actor, { account: value });
    return {};
  },
});
