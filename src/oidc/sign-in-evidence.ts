import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { putEvidence } from './carried.ts';

/**
 * Puts what a sign-in proved on its session. oidc-provider has just made the session that person's when it emits this event, and asks
 * the interaction policy right after it.
 */
export function keepEvidence(provider: Provider): void {
  provider.on('interaction.ended', ({ oidc: { result, session } }: KoaContextWithOIDC) => {
    if (result?.login !== undefined && session !== undefined) putEvidence(session, result.login);
  });
}
