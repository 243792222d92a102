import { z } from 'zod';
import { act } from '../act.ts';
import { seenAccount } from '../reach.ts';
import { account } from '../shapes/account.ts';
import { id } from '../shapes/values.ts';
import { viewOf } from './view.ts';

export const showAccount = act({
  name: 'account.show',
  summary: 'One person, with how they prove who they are: never a secret, a code or a whole number.',
  role: 'accountant',
  scope: 'accounts:read',
  reads: true,
  input: z.strictObject({ id }),
  output: account,
  run: async (needs, actor, { id: wanted }) => viewOf(needs, await seenAccount(needs, actor, wanted)),
});
