import type { AuditEvent } from '../../domain/audit.ts';
import { withOrganization } from '../audit/with-organization.ts';
import type { Needs } from './needs.ts';
import type { Owning } from './outcome.ts';

/** Writes down what somebody changed of their own account. */
export function noteChange(
  { audit, accounts, clock }: Pick<Needs, 'audit' | 'accounts' | 'clock'>,
  { session, visitor }: Owning,
  events: readonly Pick<AuditEvent, 'type' | 'details' | 'client'>[],
): Promise<void> {
  const common = { at: clock.now(), account: session.account, ...visitor };
  return withOrganization(audit, accounts).append(events.map((event) => ({ ...common, ...event })));
}
