import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { answeredAcr, isAcr } from '../domain/acr.ts';
import { requestedAcr } from './requested-acr.ts';

/**
 * Makes the ID token answer what was asked: the strongest of the requested `acr` values that the session satisfies, instead of what
 * the session happens to have reached.
 *
 * oidc-provider writes `ctx.oidc.acr` into the authorization code, and that is what every token of it tells. A property of this one
 * request's context hides its getter, which reads the session; the session itself keeps what it reached.
 */
export function answerRequestedAcr(provider: Provider): void {
  provider.on('authorization.accepted', ({ oidc }: KoaContextWithOIDC) => {
    const reached = oidc.session?.acr;
    if (!isAcr(reached)) return;
    Object.defineProperty(oidc, 'acr', { value: answeredAcr(reached, requestedAcr(oidc.params).values) });
  });
}
