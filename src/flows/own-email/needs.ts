import type { AccountSource, EmailChanges, Letters, Limits, MailQueue } from '../../domain/ports.ts';
import type { Needs as SignInNeeds } from '../sign-in/needs.ts';

/** An account source that lets people change their e-mail address. */
export type ReachableAccounts = Pick<AccountSource, 'byId'> & Required<Pick<AccountSource, 'setEmail'>>;

/** Everything that changing one's own e-mail address rests on. */
export interface OwnEmailNeeds extends SignInNeeds {
  readonly accounts: SignInNeeds['accounts'] & ReachableAccounts;
  readonly emailChanges: EmailChanges;
  readonly mailQueue: MailQueue;
  readonly letters: Letters;
  /** Links to an account's owner, those to a new password among them. */
  readonly linksSent: Limits<'account'>;
}
