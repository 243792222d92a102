import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { foundStanding } from './accounts.ts';
import { epochOfGrant, putEpoch } from './carried.ts';
import { isFirstParty } from './client-metadata.ts';
import { askedConsent, missingConsent } from './consent.ts';

/**
 * What the person has agreed to at this client: the grant that a consent page just made, else the one that the session holds. For
 * first-party clients it covers all they ask. A grant from before the account changed is not used again.
 */
export async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, result, provider, account } = ctx.oidc;
  if (client === undefined || session === undefined || account === undefined) return undefined;
  const id = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const found = id === undefined ? undefined : await provider.Grant.find(id);
  const current = found !== undefined && isCurrent(ctx, found) ? found : undefined;
  if (!isFirstParty(client)) return current;
  return covering(ctx, current ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId }));
}

function isCurrent(ctx: KoaContextWithOIDC, grant: Grant): boolean {
  const { account, client } = ctx.oidc;
  return (
    grant.accountId === account?.accountId &&
    grant.clientId === client?.clientId &&
    epochOfGrant(grant) === foundStanding(ctx)?.epoch
  );
}

async function covering(ctx: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
  const epoch = foundStanding(ctx)?.epoch;
  const { scopes, claims } = missingConsent(askedConsent(ctx), grant);
  if (epoch === undefined || scopes.length + claims.length === 0) return grant;
  grant.addOIDCScope([...scopes]);
  grant.addOIDCClaims([...claims]);
  putEpoch(grant, epoch);
  await grant.save();
  return grant;
}
