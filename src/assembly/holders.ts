import type { AccountSource, Enrolments, Holders } from '../domain/ports.ts';

/** Holders whose accounts come from an application that mounts Sluis: two answers, asked for side by side. */
export function foreignHolders(accounts: AccountSource, enrolments: Enrolments): Holders {
  return {
    async byId(id) {
      const [account, set] = await Promise.all([accounts.byId(id), enrolments.of(id)]);
      return account && { account, set };
    },
  };
}
