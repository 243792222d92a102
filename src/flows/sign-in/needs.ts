import type { Clock } from '../../domain/clock.ts';
import type { Factor } from '../../domain/factor.ts';
import type { SignInPolicy } from '../../domain/organization.ts';
import type {
  AccountSource,
  AuditLog,
  Clients,
  EndSessions,
  Enrolments,
  Holders,
  Letters,
  Lockouts,
  Logins,
  Organizations,
  Permits,
  RememberedDevices,
  Throttle,
  ThrottleRule,
  Vault,
} from '../../domain/ports.ts';

/** Everything that signing in rests on. */
export interface Needs {
  readonly accounts: Pick<AccountSource, 'byId'>;
  /** Of the same accounts. */
  readonly holders: Holders;
  readonly organizations: Organizations;
  readonly clients: Clients;
  readonly enrolments: Enrolments;
  readonly logins: Logins;
  readonly lockouts: Lockouts;
  readonly throttle: Throttle;
  readonly permits: Permits;
  readonly devices: RememberedDevices;
  /** Absent where no mail is sent. */
  readonly letters?: Letters | undefined;
  readonly endSessions: EndSessions;
  readonly audit: AuditLog;
  readonly vault: Pick<Vault, 'digest'>;
  readonly clock: Clock;
  /** In the order in which they are offered. */
  readonly factors: readonly Factor[];
  readonly settings: SignInSettings;
}

export interface SignInSettings {
  /** For accounts without an organization. */
  readonly policy: SignInPolicy;
  /** How long a sign-in may take from its last move, in milliseconds. */
  readonly lifetime: number;
  /** Wrong answers in a row, over all time, that switch one factor off. */
  readonly switchOffAfter: number;
  readonly throttle: { readonly name: ThrottleRule; readonly address: ThrottleRule };
}
