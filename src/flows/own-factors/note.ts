import type { AuditEvent } from '../../domain/audit.ts';
import type { Needs } from './needs.ts';
import type { Owning } from './outcome.ts';

/** Writes down what somebody changed of their own account. */
export function noteChange(
  { audit, clock }: Pick<Needs, 'audit' | 'clock'>,
  { session, visitor }: Owning,
  events: readonly Pick<AuditEvent, 'type' | 'details' | 'client'>[],
): Promise<void> {
  const common = { at: clock.now(), account: session.account, ...visitor };
  return audit.append(events.map((event) => ({ ...common, ...event })));
}
