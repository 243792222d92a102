import type { Accesses, AccountSource, AuditHistory, EndSession, ListSessions } from '../../domain/ports.ts';
import type { OwnEmailNeeds } from '../own-email/needs.ts';
import type { PasswordNeeds } from '../password/needs.ts';
import type { PersonalData } from '../personal-data/index.ts';
import type { Needs as SignInNeeds } from '../sign-in/needs.ts';

/** What people need to look after their own account. Verbs that the account source lacks make parts of the page disappear. */
export interface Needs extends SignInNeeds {
  readonly accounts: Pick<AccountSource, 'byId' | 'setLocale' | 'setEmail'>;
  readonly listSessions: ListSessions;
  readonly endSession: EndSession;
  readonly accesses: Accesses;
  readonly history: AuditHistory;
  /** Everything that is kept about a person. */
  readonly gatherData: (account: string) => Promise<PersonalData | undefined>;
  /** Absent where addresses cannot be changed, or no mail is sent. */
  readonly email?: OwnEmailNeeds | undefined;
  /** Absent where nobody chooses their password here. */
  readonly passwords?: PasswordNeeds | undefined;
}
