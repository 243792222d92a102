import type { Account } from '../../domain/account.ts';
import type { AuditEvent } from '../../domain/audit.ts';
import type { Clock } from '../../domain/clock.ts';
import type {
  AccountSource,
  AuditChain,
  AuditLog,
  EndSessions,
  ForgetSessions,
  LastOf,
  Lockouts,
  MailQueue,
  PersonalRecords,
} from '../../domain/ports.ts';
import { eraseEvents } from '../audit/erase-events.ts';
import { organizationOf } from '../audit/organization-of.ts';

/** Where everything of a person is deleted. */
export interface EraseNeeds {
  readonly accounts: Pick<AccountSource, 'byId'>;
  readonly personalRecords: PersonalRecords;
  readonly mailQueue: Pick<MailQueue, 'removeOf'>;
  readonly lockouts: Pick<Lockouts, 'clear'>;
  /** Tells applications. */
  readonly endSessions: EndSessions;
  readonly forgetSessions: ForgetSessions;
  readonly auditChain: AuditChain;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Whose data is erased. */
export interface Erased {
  readonly id: string;
  /** Their account may be gone already. */
  readonly again?: boolean;
}

/** Who erases, and from where: as the event says it. */
export type ErasedBy = Pick<AuditEvent, 'actor' | 'address' | 'requestId' | 'details'>;

/**
 * What became of it:
 * - `unknown`: there is no such account
 * - `last`: nobody else would be left with one of their roles
 */
export type Erasure = { readonly erased: true; readonly events: number } | { readonly refused: 'unknown' | 'last' };

/**
 * Erases a person: their account and everything that belongs to it is deleted, applications are told that they are signed out, and
 * what the audit log tells of them is blanked. Their id is never given to anybody else, and one event says that it was erased.
 *
 * Whatever fails half-way can be done again: what is left of a person whose account is gone is erased as well.
 */
export async function erasePerson(needs: EraseNeeds, { id, again = false }: Erased, by: ErasedBy): Promise<Erasure> {
  const account = await needs.accounts.byId(id);
  if (account === undefined && !again) return { refused: 'unknown' };
  const leaving = account === undefined ? [] : rolesOf(account);
  if ((await needs.personalRecords.erase(id, needs.clock.now(), leaving)) === 'last') return { refused: 'last' };
  await needs.endSessions(id);
  await needs.forgetSessions(id);
  await needs.mailQueue.removeOf(id);
  await needs.lockouts.clear(id);
  // The last: what the others were about to write is there by now.
  const events = await eraseEvents({ chain: needs.auditChain }, id);
  const about = { account: id, ...(account && organizationOf(account)) };
  await needs.audit.append([{ at: needs.clock.now(), type: 'account.erased', ...about, ...by }]);
  return { erased: true, events };
}

/** Roles that must not be theirs alone. */
function rolesOf({ roles, disabled, organization }: Account): readonly LastOf[] {
  if (disabled) return [];
  return [
    ...(roles.includes('administrator') ? [{ role: 'administrator' as const }] : []),
    ...(roles.includes('superuser') && organization !== undefined
      ? [{ role: 'superuser' as const, organization }]
      : []),
  ];
}
