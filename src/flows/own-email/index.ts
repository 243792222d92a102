import type { EmailChange } from '../../domain/ports.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { changer } from '../account/admit.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { askForChange, type EmailProblem, type TypedEmail } from './ask.ts';
import { type ConfirmedEmail, confirmChange, type Visitor } from './confirm.ts';
import { findChange, type LiveChange } from './links.ts';
import type { OwnEmailNeeds } from './needs.ts';

/** What people do about the e-mail address of their own account. */
export interface OwnEmail {
  /** The change that waits for its link to be followed. */
  pending(session: SessionStanding): Promise<EmailChange | undefined>;
  ask(owning: Owning, typed: TypedEmail): Promise<Outcome | EmailProblem>;
  /** Nothing comes of the change that was asked for. */
  withdraw(owning: Owning): Promise<Outcome>;
  /** What a mailed link leads to; looking spends nothing. */
  find(secret: string): Promise<LiveChange | undefined>;
  /** Undefined when the link leads nowhere any more. */
  confirm(secret: string, visitor: Visitor): Promise<ConfirmedEmail | undefined>;
}

export function createOwnEmail(needs: OwnEmailNeeds): OwnEmail {
  return {
    async pending({ account }) {
      const change = await needs.emailChanges.ofAccount(account, needs.clock.now());
      const owner = change && (await needs.accounts.byId(account));
      return owner?.epoch === change?.epoch ? change : undefined;
    },

    async ask(owning, typed) {
      const account = await changer(needs, owning);
      return account === undefined ? refused('unproved') : askForChange(needs, { owning, account }, typed);
    },

    async withdraw(owning) {
      const account = await changer(needs, owning);
      if (account === undefined) return refused('unproved');
      await needs.emailChanges.removeOf(account.id);
      await noteChange(needs, owning, [{ type: 'account.email-kept' }]);
      return { ok: true };
    },

    find: (secret) => findChange(needs, secret),
    confirm: (secret, visitor) => confirmChange(needs, secret, visitor),
  };
}
