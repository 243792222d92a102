import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { difference } from '../../../domain/difference.ts';
import { act } from '../act.ts';
import { reaches, seenOrganization } from '../reach.ts';
import { Refusal, taken } from '../refusal.ts';
import { account, organizationId, passwordLink, person } from '../shapes/account.ts';
import { enteredInto } from './entered.ts';
import { assertInvitable, invite } from './invitation.ts';
import { noteAbout } from './note-about.ts';
import { viewOf } from './view.ts';

export const createAccount = act({
  name: 'account.create',
  summary: 'A new person, who chooses their own password: by a mailed invitation, or by a link that is shown once.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z
    .strictObject(person)
    .partial()
    .required({ username: true })
    .extend({
      organization: organizationId,
      invite: z
        .enum(['mail', 'link', 'none'])
        .describe(
          'How they get a link to choose a password: answered for who has no address, or where there is no mail.',
        ),
    }),
  output: z.strictObject({ account, link: passwordLink.nullable().describe('Null unless it was asked for.') }),
  run: async (needs, actor, { organization, invite: by, ...entered }) => {
    if (!reaches(actor, organization)) throw new Refusal('not-found');
    if (organization !== null) await seenOrganization(needs, actor, organization);
    const bare = {
      id: randomUUID(),
      ...(organization !== null && { organization }),
      username: entered.username,
      disabled: false,
      epoch: 0,
      secondFactorRequired: false,
      roles: [],
      groups: [],
      profile: { emailVerified: false },
    };
    const value = enteredInto(bare, entered, { actor, now: needs.clock.now() });
    const kept = { value, version: 1, hasPassword: false };
    if (by !== 'none') assertInvitable(needs, actor, { kept, by, field: 'invite' });

    if (!(await needs.accounts.add(value))) throw taken('username');
    await noteAbout(needs, { actor, account: value }, { type: 'account.created', ...difference({}, value, []) });
    const link = by === 'none' ? undefined : await invite(needs, actor, { kept, by, field: 'invite' });
    return { account: await viewOf(needs, kept), link: link ?? null };
  },
});
