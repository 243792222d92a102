import type { Provider } from 'oidc-provider';

/**
 * Makes discovery (OpenID Connect Discovery 1.0, section 3) tell exactly what is on: oidc-provider lists every response mode it has
 * code for.
 */
export function exactDiscovery(provider: Provider, responseModes: readonly string[]): void {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'discovery' && ctx.status === 200) {
      ctx.body = { ...ctx.body, response_modes_supported: responseModes };
    }
  });
}
