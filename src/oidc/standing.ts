import type { Account } from '../domain/account.ts';
import type { EnrolmentSet } from '../domain/enrolment.ts';
import type { Epoch } from '../domain/login.ts';
import type { AccountSource } from '../domain/ports.ts';

/** An account that may sign in, and its epoch at this moment. */
export interface Standing {
  readonly account: Account;
  readonly epoch: Epoch;
  /** What it has set up. */
  readonly set: EnrolmentSet;
}

/** What an account has set up, and its own epoch and that of its enrolments as one value. */
export type HeldBy = (account: Account) => Promise<Pick<Standing, 'epoch' | 'set'>>;

/** Undefined when the account is gone or disabled. */
export type FindStanding = (id: string) => Promise<Standing | undefined>;

export function standingFinder(accounts: AccountSource, heldBy: HeldBy): FindStanding {
  return async (id) => {
    const account = await accounts.byId(id);
    if (account === undefined || account.disabled) return undefined;
    return { account, ...(await heldBy(account)) };
  };
}
