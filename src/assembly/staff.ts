import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Clients } from '../domain/ports.ts';
import { scopes } from '../flows/administration/scopes.ts';
import type { Api } from '../oidc/api-tokens.ts';
import { clientAcceptance } from '../oidc/client-acceptance.ts';
import { serviceTokenFinder } from '../oidc/service-tokens.ts';
import { trialBrowser } from '../oidc/trial-browser.ts';
import type { TrialProvider } from '../oidc/trial-provider.ts';
import { createTrials } from '../oidc/trials.ts';
import { createApi } from '../web/api/index.ts';
import { type AdministrationParts, openAdministration } from './administration.ts';
import { type ConsoleParts, openConsole } from './console.ts';

export interface StaffParts
  extends Pick<ConsoleParts, 'issuer' | 'base' | 'pages' | 'address' | 'needs' | 'provider'>,
    Pick<AdministrationParts, 'stores' | 'mailer' | 'textMessages'> {
  /** Of whoever mounts Sluis; absent for its own. */
  readonly foreignAccounts: AdministrationParts['accounts'];
  /** With our own pages among them. */
  readonly clients: Clients;
  /** The provider that trials of sign-ins run on. */
  readonly trial: TrialProvider;
  readonly api: Api;
  readonly logger: Logger;
}

/** What staff and their programs use: the console and the REST API, which do the same things. */
export function openStaff(
  config: Config,
  { stores, foreignAccounts, mailer, textMessages, trial, api, ...parts }: StaffParts,
) {
  const { needs, provider, issuer } = parts;
  const { clock } = needs;
  const trialParts = { ...stores, provider: trial, issuer, clock };
  const administration = openAdministration(config, {
    stores,
    needs,
    accounts: foreignAccounts,
    mailer,
    textMessages,
    acceptsClient: clientAcceptance(provider, scopes),
    signInTrials: createTrials(trialParts),
  });
  const trials = trialBrowser(trialParts);
  const page = openConsole({ ...parts, ...stores, accounts: needs.accounts, administration, trials });
  return {
    console: page.routes(),
    api: createApi({
      ...parts,
      findToken: serviceTokenFinder(provider, api),
      once: { ...stores, clock },
      limit: { requests: stores.apiRequests, rule: config.api.limit },
      administration,
    }),
  };
}
