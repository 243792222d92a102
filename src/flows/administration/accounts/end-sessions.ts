import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { done, id } from '../shapes/values.ts';
import { noteAbout } from './note-about.ts';

export const endSessionsOf = act({
  name: 'account.end-sessions',
  summary: 'Signs somebody out everywhere: sessions, sign-ins under way, tokens and remembered devices.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id }),
  output: done,
  run: async (needs, actor, { id: wanted }) => {
    const { value } = await governedAccount(needs, actor, wanted);
    // Nothing is removed, and the epoch rises.
    await needs.enrolments.remove(wanted, []);
    await noteAbout(needs, { actor, account: value }, { type: 'account.sessions-ended' });
    await needs.endSessions(wanted);
    return {};
  },
});
