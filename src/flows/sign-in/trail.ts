import type { AuditEvent } from '../../domain/audit.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';
import { withOrganization } from '../audit/with-organization.ts';
import type { Needs } from './needs.ts';
import type { Visitor } from './screen.ts';

/** The audit events of one request, written together before it is answered. */
export interface Trail {
  note(type: string, account: string | undefined, details?: AuditEvent['details']): void;
  /** Rejects when they could not be written: then the request must not succeed. */
  write(): Promise<void>;
}

export function trailOf(
  { audit, accounts, clock }: Pick<Needs, 'audit' | 'accounts' | 'clock'>,
  request: SignInRequest,
  visitor: Visitor,
): Trail {
  const events: AuditEvent[] = [];
  const log = withOrganization(audit, accounts);
  return {
    note(type, account, details) {
      events.push({
        at: clock.now(),
        type,
        client: request.client,
        address: visitor.address,
        requestId: visitor.requestId,
        ...(account !== undefined && { account }),
        ...(details && { details }),
      });
    },
    async write() {
      if (events.length > 0) await log.append(events.splice(0));
    },
  };
}
