import type { Account } from '../../domain/account.ts';
import type { EnrolmentSet } from '../../domain/enrolment.ts';
import { epochOf } from '../../domain/login.ts';
import type { Permit } from '../../domain/permit.ts';
import { permitKey } from './key.ts';
import type { PermitNeeds } from './needs.ts';

/**
 * The permits of a browser, whosever they are.
 * @param secrets as they came from a cookie
 */
export async function permitsBrought(
  needs: Pick<PermitNeeds, 'permits' | 'vault'>,
  secrets: readonly string[],
): Promise<readonly Permit[]> {
  if (secrets.length === 0) return [];
  return needs.permits.find(secrets.map((secret) => permitKey(needs, 'browser', secret)));
}

/**
 * Whether one of these is a permit for this account as it is now.
 * @param brought read before the set: a permit goes away only once a factor stands, so who finds neither was refused wrongly
 */
export function isPermitted(
  brought: readonly Permit[],
  { account, set, now }: { readonly account: Account; readonly set: EnrolmentSet; readonly now: number },
): boolean {
  const epoch = epochOf(account, set);
  return brought.some(
    (permit) =>
      permit.way === 'browser' && permit.account === account.id && permit.epoch === epoch && now < permit.until,
  );
}
