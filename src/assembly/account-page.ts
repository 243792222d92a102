import { OWN_PAGE } from '../domain/own-page.ts';
import type {
  AuditHistory,
  EmailChanges,
  Limits,
  LogoutQueue,
  MailQueue,
  Models,
  RememberedDevices,
  Sessions,
  Vault,
} from '../domain/ports.ts';
import { createAccountPage } from '../flows/account/index.ts';
import type { Needs } from '../flows/account/needs.ts';
import type { OwnEmailNeeds, ReachableAccounts } from '../flows/own-email/needs.ts';
import { personalDataOf } from '../flows/personal-data/index.ts';
import type { Needs as SignInNeeds } from '../flows/sign-in/needs.ts';
import { createAccesses } from '../oidc/accesses.ts';
import { listSessions } from '../oidc/open-sessions.ts';
import type { OwnSessionsParts } from '../oidc/own-session.ts';
import { sessionEnd } from '../oidc/session-ends.ts';
import { accountRoutes } from '../web/account/routes.ts';
import type { AccountRouteNeeds } from '../web/account/visit.ts';
import { openOwnPage } from './own-pages.ts';

export interface AccountPageParts
  extends Pick<AccountRouteNeeds, 'issuer' | 'base' | 'pages' | 'cookies' | 'address'>,
    Pick<OwnSessionsParts, 'provider'> {
  readonly needs: SignInNeeds & Pick<Needs, 'accounts'>;
  /** What was written down, to be read. */
  readonly audit: AuditHistory;
  readonly passwords: Needs['passwords'];
  readonly sessions: Sessions;
  readonly models: Models;
  readonly logoutQueue: LogoutQueue;
  readonly emailChanges: EmailChanges;
  readonly devices: RememberedDevices;
  readonly mailQueue: MailQueue;
  readonly linksSent: Limits<'account'>;
  readonly vault: Vault;
}

/** Routes of the page where people look after their own account. */
export function openAccountPage({ needs, provider, ...parts }: AccountPageParts) {
  const page = openOwnPage(OWN_PAGE, { ...parts, provider, clock: needs.clock });
  const codes = needs.factors.find(({ role }) => role === 'recovery')?.name;
  const passing = { sessions: parts.sessions, models: parts.models, queue: parts.logoutQueue, clock: needs.clock };
  const reading = {
    listSessions: listSessions(parts.sessions),
    accesses: createAccesses(passing),
    history: parts.audit,
  };
  const { devices, emailChanges } = parts;
  const account = createAccountPage({
    ...needs,
    ...reading,
    endSession: sessionEnd(passing),
    gatherData: (id) => personalDataOf({ ...needs, ...reading, devices, emailChanges }, id),
    passwords: parts.passwords,
    email: emailNeeds({ needs, ...parts }),
  });
  return accountRoutes({ ...parts, ...page, account, ...(codes !== undefined && { codes }) });
}

function emailNeeds({ needs, ...parts }: Omit<AccountPageParts, 'provider'>): OwnEmailNeeds | undefined {
  const { accounts, letters } = needs;
  if (!canChangeEmail(accounts) || letters === undefined) return undefined;
  const { emailChanges, mailQueue, linksSent } = parts;
  return { ...needs, accounts, letters, emailChanges, mailQueue, linksSent };
}

function canChangeEmail(accounts: Needs['accounts']): accounts is ReachableAccounts {
  return accounts.setEmail !== undefined;
}
