import type { Accesses, AccountSource, AuditHistory, EndSession, ListSessions } from '../../domain/ports.ts';
import type { PasswordNeeds } from '../password/needs.ts';
import type { Needs as SignInNeeds } from '../sign-in/needs.ts';

/** What people need to look after their own account. Verbs that the account source lacks make parts of the page disappear. */
export interface Needs extends SignInNeeds {
  readonly accounts: Pick<AccountSource, 'byId' | 'setLocale'>;
  readonly listSessions: ListSessions;
  readonly endSession: EndSession;
  readonly accesses: Accesses;
  readonly history: AuditHistory;
  /** Absent where nobody chooses their password here. */
  readonly passwords?: PasswordNeeds | undefined;
}
