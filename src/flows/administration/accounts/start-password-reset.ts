import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { linkAddressOf } from '../../mail/addressee.ts';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { Refusal } from '../refusal.ts';
import { done, id } from '../shapes/values.ts';
import { noteAbout } from './note-about.ts';

export const startPasswordReset = act({
  name: 'account.start-password-reset',
  summary:
    'Mails somebody a link with which they choose a new password. Nobody else sees it, and the old password works until then.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id }),
  output: done,
  run: async (needs, actor, { id: wanted }) => {
    const { mailQueue, passwordLinks, clock } = needs;
    const { value } = await governedAccount(needs, actor, wanted);
    const isReached = linkAddressOf(value, clock.now()) !== undefined;
    if (mailQueue === undefined || passwordLinks === undefined || value.disabled || !isReached) {
      throw new Refusal('not-possible');
    }
    await noteAbout(needs, { actor, account: value }, { type: 'account.password-reset-started' });
    await mailQueue.add({ id: randomUUID(), errand: { kind: 'password-reset', account: wanted } }, clock.now());
    return {};
  },
});
