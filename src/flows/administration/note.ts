import type { AuditEvent } from '../../domain/audit.ts';
import type { Actor } from './actor.ts';
import type { Needs } from './needs.ts';

/** Writes down who did what: by a person, a service, or (without either) the command line. */
export function note(
  { audit, clock }: Pick<Needs, 'audit' | 'clock'>,
  { account, client, visitor }: Actor,
  event: Omit<AuditEvent, 'at' | 'actor' | 'address' | 'requestId'>,
): Promise<void> {
  const service = client === undefined ? {} : { service: client };
  return audit.append([
    {
      at: clock.now(),
      ...(account !== undefined && { actor: account }),
      ...visitor,
      ...event,
      details: {
        by: account === undefined ? (client === undefined ? 'command-line' : 'service') : 'person',
        ...service,
        ...event.details,
      },
    },
  ]);
}
