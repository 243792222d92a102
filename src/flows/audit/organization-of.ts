import type { Account } from '../../domain/account.ts';
import type { AuditEvent } from '../../domain/audit.ts';

/** The organization of an event about this account. */
export function organizationOf({ organization }: Account): Pick<AuditEvent, 'organization'> {
  return organization === undefined ? {} : { organization };
}
