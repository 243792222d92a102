import { OWN_PAGE } from '../domain/own-page.ts';
import type { AuditHistory, LogoutQueue, Models, Sessions, Vault } from '../domain/ports.ts';
import { createAccountPage } from '../flows/account/index.ts';
import type { Needs } from '../flows/account/needs.ts';
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
  readonly vault: Vault;
}

/** Routes of the page where people look after their own account. */
export function openAccountPage({ needs, provider, ...parts }: AccountPageParts) {
  const page = openOwnPage(OWN_PAGE, { ...parts, provider, clock: needs.clock });
  const codes = needs.factors.find(({ role }) => role === 'recovery')?.name;
  const passing = { sessions: parts.sessions, models: parts.models, queue: parts.logoutQueue, clock: needs.clock };
  const account = createAccountPage({
    ...needs,
    listSessions: listSessions(parts.sessions),
    endSession: sessionEnd(passing),
    accesses: createAccesses(passing),
    history: parts.audit,
    passwords: parts.passwords,
  });
  return accountRoutes({ ...parts, ...page, account, ...(codes !== undefined && { codes }) });
}
