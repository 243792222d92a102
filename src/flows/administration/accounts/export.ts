import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { Refusal } from '../refusal.ts';
import { id } from '../shapes/values.ts';
import { noteAbout } from './note-about.ts';

export const exportAccount = act({
  name: 'account.export',
  summary: 'Everything that is kept about somebody, to hand over to them: no password, key, code or whole number.',
  role: 'superuser',
  scope: 'accounts:read',
  reads: false,
  input: z.strictObject({ id }),
  output: z.record(z.string(), z.unknown()).describe('Everything, by what it is about.'),
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    const data = await needs.personalData?.gather(wanted);
    if (data === undefined) throw new Refusal('not-possible');
    await noteAbout(needs, { actor, account: value }, { type: 'account.data-exported' });
    return { ...data };
  },
});
