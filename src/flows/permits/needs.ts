import type { Clock } from '../../domain/clock.ts';
import type { AccountSource, Enrolments, Permits, Vault } from '../../domain/ports.ts';

/** What it takes to give permits and to take them. */
export interface PermitNeeds {
  readonly accounts: Pick<AccountSource, 'byId'>;
  readonly enrolments: Pick<Enrolments, 'of'>;
  readonly permits: Permits;
  readonly vault: Pick<Vault, 'digest'>;
  readonly clock: Clock;
}
