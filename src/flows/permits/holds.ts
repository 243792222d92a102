import type { Account } from '../../domain/account.ts';
import type { EnrolmentSet } from '../../domain/enrolment.ts';
import { epochOf } from '../../domain/login.ts';
import { permitKey } from './key.ts';
import type { PermitNeeds } from './needs.ts';

/**
 * Whether one of these secrets, which a browser keeps, is a permit for this account as it is now.
 * @param secrets as they came from a cookie
 */
export async function holdsPermit(
  needs: Pick<PermitNeeds, 'permits' | 'vault' | 'clock'>,
  { account, set }: { readonly account: Account; readonly set: EnrolmentSet },
  secrets: readonly string[],
): Promise<boolean> {
  if (secrets.length === 0) return false;
  const found = await needs.permits.find(secrets.map((secret) => permitKey(needs, 'browser', secret)));
  const epoch = epochOf(account, set);
  const now = needs.clock.now();
  return found.some(
    (permit) =>
      permit.way === 'browser' && permit.account === account.id && permit.epoch === epoch && now < permit.until,
  );
}
