import type { Config } from '../config.ts';
import type { Needs } from '../flows/administration/needs.ts';
import { scopes } from '../flows/administration/scopes.ts';
import { clientAcceptance } from '../oidc/client-acceptance.ts';
import { openProtocol, type ProtocolParts } from './protocol.ts';
import type { openStores } from './stores.ts';

export interface AcceptanceParts extends Pick<ProtocolParts, 'clock' | 'logger'> {
  readonly stores: Awaited<ReturnType<typeof openStores>>;
}

/** Asks oidc-provider, as the server has it, whether it takes a client; where nothing is served. */
export async function openClientAcceptance(
  config: Config,
  { stores, clock, logger }: AcceptanceParts,
): Promise<NonNullable<Needs['acceptsClient']>> {
  const { provider } = await openProtocol(config, {
    ...stores,
    clock,
    logger,
    isEnough: nobody,
    pages: {
      error: nobody,
      signOut: nobody,
      signedOut: nobody,
      deviceCode: nobody,
      confirmDevice: nobody,
      deviceConnected: nobody,
    },
    api: { resource: config.issuer, scopes },
  });
  return clientAcceptance(provider, scopes);
}

async function nobody(): Promise<never> {
  throw new Error('nobody signs in where nothing is served');
}
