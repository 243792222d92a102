import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { done, id } from '../shapes/values.ts';
import { noteAbout } from './note-about.ts';

export const liftBlock = act({
  name: 'account.lift-block',
  summary: 'Ends the block that wrong codes brought about. A factor that was switched off stays so.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id }),
  output: done,
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    await needs.lockouts.clear(wanted);
    await noteAbout(needs, { actor, account: value }, { type: 'account.block-lifted' });
    return {};
  },
});
