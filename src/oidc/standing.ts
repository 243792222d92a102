import { type Epoch, epochOf } from '../domain/login.ts';
import type { Holder, Holders } from '../domain/ports.ts';

/** An account that may sign in, what it has set up, and its epoch at this moment. */
export interface Standing extends Holder {
  readonly epoch: Epoch;
}

/** Undefined when the account is gone or disabled. */
export type FindStanding = (id: string) => Promise<Standing | undefined>;

export function standingFinder(holders: Holders): FindStanding {
  return async (id) => {
    const holder = await holders.byId(id);
    if (holder === undefined || holder.account.disabled) return undefined;
    return { ...holder, epoch: epochOf(holder.account, holder.set) };
  };
}
