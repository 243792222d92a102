import type { Clock } from '../../domain/clock.ts';
import type {
  AccountSource,
  AuditLog,
  BreachedPasswords,
  EndSessions,
  Limits,
  Lockouts,
  MailQueue,
  Organizations,
  PasswordLinks,
  Throttle,
} from '../../domain/ports.ts';
import type { PermitNeeds } from '../permits/needs.ts';

/** An account source that lets people choose their password. */
export type ChangingAccounts = AccountSource & Required<Pick<AccountSource, 'setPassword'>>;

/** Everything that choosing a password rests on. */
export interface PasswordNeeds extends PermitNeeds {
  readonly accounts: ChangingAccounts;
  readonly organizations: Pick<Organizations, 'byCode' | 'byId' | 'howMany'>;
  readonly passwordLinks: PasswordLinks;
  readonly mailQueue: MailQueue;
  readonly linkRequests: Limits<'name' | 'address'>;
  readonly linksSent: Limits<'account'>;
  readonly lockouts: Pick<Lockouts, 'clear'>;
  readonly throttle: Throttle;
  readonly endSessions: EndSessions;
  /** Absent where none is configured. */
  readonly breachedPasswords?: BreachedPasswords | undefined;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly settings: {
    readonly officeCode: 'always' | 'never' | 'automatic';
    /** What the deployment calls itself: no part of a good password. */
    readonly siteName: string;
  };
}

/** Whether people are asked for the code of their organization. */
export async function asksOffice({ settings, organizations }: PasswordNeeds): Promise<boolean> {
  if (settings.officeCode === 'automatic') return (await organizations.howMany()) > 1;
  return settings.officeCode === 'always';
}
