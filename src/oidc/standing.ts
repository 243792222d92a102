import type { Account } from '../domain/account.ts';
import type { EnrolmentSet } from '../domain/enrolment.ts';
import { type Epoch, epochOf } from '../domain/login.ts';
import type { AccountSource } from '../domain/ports.ts';

/** An account that may sign in, and its epoch at this moment. */
export interface Standing {
  readonly account: Account;
  readonly epoch: Epoch;
  /** What it has set up. */
  readonly set: EnrolmentSet;
}

/** What the account with this id has set up; an empty set where there is no such account. */
export type HeldBy = (account: string) => Promise<EnrolmentSet>;

/** Undefined when the account is gone or disabled. */
export type FindStanding = (id: string) => Promise<Standing | undefined>;

export function standingFinder(accounts: AccountSource, heldBy: HeldBy): FindStanding {
  return async (id) => {
    const [account, set] = await Promise.all([accounts.byId(id), heldBy(id)]);
    if (account === undefined || account.disabled) return undefined;
    return { account, epoch: epochOf(account, set), set };
  };
}
