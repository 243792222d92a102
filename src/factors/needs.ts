import type { Clock } from '../domain/clock.ts';
import type { AccountSource, Hasher, Organizations, TextMessages } from '../domain/ports.ts';
import type { CodeFormat } from './recovery-code/format.ts';

/** Everything that some factor requires; each one picks from it. */
export interface FactorNeeds {
  readonly accounts: AccountSource;
  readonly organizations: Organizations;
  readonly hasher: Hasher;
  readonly clock: Clock;
  /** Absent where the deployment has no gateway, and for the command line. */
  readonly textMessages?: TextMessages | undefined;
  readonly settings: {
    /** What authenticator apps show above the code: the deployment's own name. */
    readonly issuerName: string;
    /** Whether people are asked for the code of their organization; `automatic`: where there is more than one. */
    readonly officeCode: 'always' | 'never' | 'automatic';
    /** Of new recovery codes; those of another format keep working. */
    readonly recoveryCodes: CodeFormat;
  };
}
