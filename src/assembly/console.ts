import { CONSOLE } from '../domain/own-page.ts';
import type { Sessions, Vault } from '../domain/ports.ts';
import type { Administration } from '../flows/administration/index.ts';
import { isEnough } from '../flows/sign-in/assurance.ts';
import type { Needs as SignInNeeds } from '../flows/sign-in/needs.ts';
import type { OwnSessionsParts } from '../oidc/own-session.ts';
import { consoleRoutes } from '../web/admin/routes.ts';
import type { ConsoleNeeds } from '../web/admin/visit.ts';
import { openOwnPage } from './own-pages.ts';

export interface ConsoleParts
  extends Pick<ConsoleNeeds, 'issuer' | 'base' | 'pages' | 'address' | 'accounts' | 'trials'>,
    Pick<OwnSessionsParts, 'provider'> {
  readonly administration: Administration;
  readonly needs: SignInNeeds;
  readonly sessions: Sessions;
  readonly vault: Vault;
}

/** Routes of the console. */
export function openConsole({ needs, provider, ...parts }: ConsoleParts) {
  const page = openOwnPage(CONSOLE, { ...parts, provider, clock: needs.clock });
  return consoleRoutes({
    ...parts,
    ...page,
    admits: (session, within) =>
      isEnough(needs, {
        session,
        client: CONSOLE,
        acceptableAcrs: [],
        ...(within !== undefined && { provedWithin: within }),
      }),
    methods: needs.factors.filter(({ role }) => role === 'second').map(({ name }) => name),
  });
}
