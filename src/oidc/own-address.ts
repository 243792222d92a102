import type { Provider } from 'oidc-provider';

/**
 * Makes oidc-provider speak as its issuer, whatever the `Host` and `X-Forwarded-*` headers say, whichever Koa app it is mounted in and
 * whether or not that app trusts a proxy: addresses in discovery and redirects, and `Secure` cookies behind a proxy that ends TLS.
 */
export function speakAsIssuer(provider: Provider): void {
  const { host, protocol, pathname } = new URL(provider.issuer);
  const secure = protocol === 'https:';
  const address = {
    host: { configurable: true, get: () => host },
    protocol: { configurable: true, get: () => (secure ? 'https' : 'http') },
  };
  // For the contexts that it makes itself of a bare request ...
  Object.defineProperties(provider.request, address);
  // ... and for those that come from an app it is mounted in.
  provider.use((ctx, next) => {
    // Properties of its own make a request slow, and one that already says so needs none.
    const { request } = ctx;
    if (request.host !== host || `${request.protocol}:` !== protocol) Object.defineProperties(request, address);
    ctx.cookies.secure = secure;
    ctx.mountPath = pathname === '/' ? '' : pathname;
    return next();
  });
}
