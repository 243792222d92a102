import type { Client } from '../../domain/client.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Factor } from '../../domain/factor.ts';
import type {
  AccountDirectory,
  AuditChain,
  AuditLog,
  AuditReading,
  ClientDirectory,
  EndSessions,
  Enrolments,
  Limits,
  Lockouts,
  Mailer,
  MailQueue,
  OrganizationDirectory,
  PasswordLinks,
  Permits,
  SignInTrials,
  TextMessages,
  Vault,
} from '../../domain/ports.ts';
import type { Erased, ErasedBy, Erasure } from '../personal-data/erase.ts';
import type { PersonalData } from '../personal-data/index.ts';
import type { Needs as KeyNeeds } from '../signing-keys/needs.ts';

/** What administration works on. */
export interface Needs extends KeyNeeds {
  readonly organizations: OrganizationDirectory;
  readonly accounts: AccountDirectory;
  readonly clients: ClientDirectory;
  readonly enrolments: Enrolments;
  readonly permits: Permits;
  readonly lockouts: Pick<Lockouts, 'until' | 'clear'>;
  readonly endSessions: EndSessions;
  /** Absent where people are in somebody else's user table. */
  readonly personalData?:
    | {
        gather(id: string): Promise<PersonalData | undefined>;
        erase(whom: Erased, by: ErasedBy): Promise<Erasure>;
      }
    | undefined;
  /** Absent where nobody chooses their password here. */
  readonly passwordLinks?: PasswordLinks | undefined;
  /** Absent where there is no mail. */
  readonly mailQueue?: MailQueue | undefined;
  readonly audit: AuditLog;
  /** Absent where nobody reads it here. */
  readonly auditReading?: AuditReading | undefined;
  readonly auditChain?: Pick<AuditChain, 'state' | 'records' | 'unsealed'> | undefined;
  /** How to try mail, and how often; absent where there is none. */
  readonly trialMail?: { readonly mailer: Mailer; readonly limits: Limits<'account'> } | undefined;
  /** Absent where there is no gateway. */
  readonly textMessages?: TextMessages | undefined;
  /** Asks the library that speaks the protocol whether it takes a client as it is; absent where there is none at hand. */
  readonly acceptsClient?: (client: Client) => Promise<boolean>;
  /** Absent where no sign-in is served. */
  readonly signInTrials?: SignInTrials;
  /** Of the deployment, in the order in which they are offered. */
  readonly factors: readonly Factor[];
  readonly vault: Pick<Vault, 'digest'>;
  readonly clock: Clock;
  readonly settings: {
    /** Without a slash at its end. */
    readonly issuer: string;
  };
}
