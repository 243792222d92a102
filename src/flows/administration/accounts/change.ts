import { z } from 'zod';
import type { Account } from '../../../domain/account.ts';
import { difference } from '../../../domain/difference.ts';
import { act } from '../act.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { governedAccount, seenOrganization } from '../reach.ts';
import { Refusal, taken } from '../refusal.ts';
import { account, organizationId, person } from '../shapes/account.ts';
import { id, version } from '../shapes/values.ts';
import { enteredInto } from './entered.ts';
import { lastOf, leavingOf } from './leaving.ts';
import { noteAbout } from './note-about.ts';
import { viewOf } from './view.ts';

export const changeAccount = act({
  name: 'account.change',
  summary:
    'Changes what is said of a person. Another e-mail address is unconfirmed, and for 72 hours mail goes to the old one; who is disabled is signed out everywhere.',
  role: 'superuser',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject(person).partial().extend({
    id,
    version,
    organization: organizationId.exactOptional(),
  }),
  output: account,
  run: async (needs, actor, { id: wanted, version: seen, organization, ...entered }) => {
    const { value: before, version: current, hasPassword } = await governedAccount(needs, actor, wanted);
    if (current !== seen) throw new Refusal('changed');
    const changed = enteredInto(before, entered, { actor, now: needs.clock.now() });
    const moved =
      organization === undefined ? changed : await movedTo(needs, actor, { account: changed, organization });
    const ends = endsSessions(before, moved);
    const after = ends ? { ...moved, epoch: before.epoch + 1 } : moved;

    const leaving = leavingOf(before, after);
    const replacement = await needs.accounts.replace(after, seen, leaving);
    if (replacement === 'taken') throw taken('username');
    if (replacement === 'last') throw lastOf(leaving);
    if (replacement === 'changed') throw new Refusal('changed');

    await noteAbout(needs, { actor, account: after }, { type: 'account.changed', ...difference(before, after, []) });
    if (emailOf(before) !== emailOf(after))
      await noteAbout(needs, { actor, account: after }, { type: 'account.email-entered' });
    if (ends) await needs.endSessions(wanted);
    return viewOf(needs, { value: after, version: seen + 1, hasPassword });
  },
});

/** @throws {Refusal} `forbidden` for who acts in one organization alone */
async function movedTo(
  needs: Needs,
  actor: Actor,
  { account: moving, organization }: { readonly account: Account; readonly organization: string | null },
): Promise<Account> {
  const { organization: from = null, ...rest } = moving;
  if (organization === from) return moving;
  if (actor.organization !== undefined) throw new Refusal('forbidden');
  if (organization === null) return rest;
  await seenOrganization(needs, actor, organization);
  return { ...rest, organization };
}

/** What was signed in as somebody ends when they are disabled, belong elsewhere, or mail to them goes elsewhere. */
function endsSessions(before: Account, after: Account): boolean {
  const isDisabled = after.disabled && !before.disabled;
  return isDisabled || before.organization !== after.organization || emailOf(before) !== emailOf(after);
}

function emailOf({ profile }: Account): string | undefined {
  return profile.email;
}
