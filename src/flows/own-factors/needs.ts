import type { Clock } from '../../domain/clock.ts';
import type { Factor } from '../../domain/factor.ts';
import type { SignInPolicy } from '../../domain/organization.ts';
import type { AccountSource, AuditLog, EndSessions, Enrolments, Organizations } from '../../domain/ports.ts';

/** What people need to look after the factors that they have set up. */
export interface Needs {
  readonly accounts: Pick<AccountSource, 'byId'>;
  readonly organizations: Pick<Organizations, 'byId'>;
  readonly enrolments: Enrolments;
  readonly audit: AuditLog;
  /** Tells applications; the sessions themselves end with the epoch. */
  readonly endSessions: EndSessions;
  readonly clock: Clock;
  readonly factors: readonly Factor[];
  readonly settings: {
    /** For accounts without an organization. */
    readonly policy: SignInPolicy;
  };
}
