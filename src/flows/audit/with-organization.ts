import type { AuditEvent } from '../../domain/audit.ts';
import type { AccountSource, AuditLog } from '../../domain/ports.ts';

/**
 * An audit log that adds to an event about an account which organization that belongs to, where the flow did not know: an
 * organization's own staff look for its events.
 */
export function withOrganization(audit: AuditLog, accounts: Pick<AccountSource, 'byId'>): AuditLog {
  const complete = async (event: AuditEvent): Promise<AuditEvent> => {
    if (event.account === undefined || event.organization !== undefined) return event;
    const organization = (await accounts.byId(event.account))?.organization;
    return organization === undefined ? event : { ...event, organization };
  };
  return {
    append: async (events) => audit.append(await Promise.all(events.map(complete))),
  };
}
