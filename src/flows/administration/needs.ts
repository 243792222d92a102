import type { Client } from '../../domain/client.ts';
import type { Clock } from '../../domain/clock.ts';
import type { FactorTraits } from '../../domain/factor.ts';
import type { AccountDirectory, AuditLog, ClientDirectory, OrganizationDirectory } from '../../domain/ports.ts';

/** What administration works on. */
export interface Needs {
  readonly organizations: OrganizationDirectory;
  readonly accounts: AccountDirectory;
  readonly clients: ClientDirectory;
  readonly audit: AuditLog;
  /** Asks the library that speaks the protocol whether it takes a client as it is; absent where there is none at hand. */
  readonly acceptsClient?: (client: Client) => Promise<boolean>;
  /** Of the deployment, in the order in which they are offered. */
  readonly factors: readonly FactorTraits[];
  readonly clock: Clock;
}
