import type { Account } from '../domain/account.ts';
import type { Epoch } from '../domain/login.ts';
import type { AccountSource } from '../domain/ports.ts';

/** An account that may sign in, and its epoch at this moment. */
export interface Standing {
  readonly account: Account;
  readonly epoch: Epoch;
}

/** Undefined when the account is gone or disabled. */
export type FindStanding = (id: string) => Promise<Standing | undefined>;

/** @param epochOf the account's own epoch and that of its enrolments, as one value */
export function standingFinder(accounts: AccountSource, epochOf: (account: Account) => Promise<Epoch>): FindStanding {
  return async (id) => {
    const account = await accounts.byId(id);
    if (account === undefined || account.disabled) return undefined;
    return { account, epoch: await epochOf(account) };
  };
}
