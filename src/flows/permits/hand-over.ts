import type { Account } from '../../domain/account.ts';
import type { AccountSource, AuditLog, EndSessions, Enrolments, Organizations } from '../../domain/ports.ts';
import { groupedBase32 } from '../../factors/base-32.ts';
import { organizationOf } from '../audit/organization-of.ts';
import { givePermit } from './give.ts';
import type { PermitNeeds } from './needs.ts';

export interface HandOverNeeds extends PermitNeeds {
  readonly accounts: Pick<AccountSource, 'byId' | 'byName'>;
  readonly enrolments: Pick<Enrolments, 'of' | 'reset'>;
  readonly organizations: Pick<Organizations, 'byCode'>;
  readonly endSessions: EndSessions;
  readonly audit: AuditLog;
}

/** Whose permit it is to be, as staff name them. */
export interface Person {
  readonly username: string;
  /** Code of their organization. */
  readonly office?: string;
}

export interface HandOver {
  /** Takes away what the person holds: who holds a factor has no use for a permit. */
  readonly reset: boolean;
  /** Id of the account that does it; absent for the command line. */
  readonly actor?: string;
}

/**
 * - `unknown`: nobody is called that, or is disabled
 * - `holds-factor`: the person holds a factor, and it was not to be reset
 */
export type HandOverRefusal = 'unknown' | 'holds-factor';

/**
 * Makes a code that staff hand over to somebody, who then sets up a second factor with it: one that they see or whose voice they know.
 * It works once, for 24 hours, and takes the place of an earlier one.
 * @returns the code in groups of four, and until when it is good
 */
export async function handOverPermit(
  needs: HandOverNeeds,
  person: Person,
  { reset, actor }: HandOver,
): Promise<{ readonly code: string; readonly until: number } | { readonly refused: HandOverRefusal }> {
  const account = await find(needs, person);
  if (account === undefined || account.disabled) return { refused: 'unknown' };
  const { enrolments } = await needs.enrolments.of(account.id);
  if (enrolments.length > 0 && !reset) return { refused: 'holds-factor' };

  const note = (type: string) =>
    needs.audit.append([
      {
        at: needs.clock.now(),
        type,
        account: account.id,
        ...organizationOf(account),
        ...(actor !== undefined && { actor }),
        details: { way: 'staff' },
      },
    ]);
  if (reset) {
    await needs.enrolments.reset(account.id);
    await note('factor.reset');
    await needs.endSessions(account.id);
  }
  const { secret, until } = await givePermit(needs, account, { way: 'staff' });
  await note('permit.given');
  return { code: groupedBase32(secret), until };
}

async function find(
  { accounts, organizations }: HandOverNeeds,
  { username, office }: Person,
): Promise<Account | undefined> {
  if (office === undefined) return accounts.byName(username, null);
  const organization = await organizations.byCode(office);
  return organization && accounts.byName(username, organization.id);
}
