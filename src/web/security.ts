import type { Middleware } from 'koa';
import { Failure } from '../domain/failure.ts';

/**
 * Answers for the issuer's own host alone: whoever chooses the host must not choose where a link or a redirect leads.
 * @param except paths that may be asked of any host
 */
export function onlyForIssuer(issuer: URL, except: ReadonlySet<string>): Middleware {
  return (ctx, next) => {
    if (!isFor(issuer, ctx.req.headers.host) && !except.has(ctx.path)) throw new Failure('foreign-host', 421);
    // A parent application may have made the jar before, from what it believed of the connection.
    ctx.cookies.secure = issuer.protocol === 'https:';
    return next();
  };
}

/** A request may name the host a second time, in its target (RFC 9112, section 3.2.2), and Koa and oidc-provider believe that one. */
export function noForeignTarget(issuer: URL): Middleware {
  return (ctx, next) => {
    const target = ctx.originalUrl;
    if (!target.startsWith('/') && originOf(target) !== issuer.origin) throw new Failure('foreign-host', 421);
    return next();
  };
}

/**
 * Refuses a post from another site (cross-site request forgery). Browsers send `Origin` with every post and `Sec-Fetch-Site`
 * with every request to a trustworthy host; a post without either comes from something that is not one.
 */
export function assertSameOrigin(headers: NodeJS.Dict<string | string[]>, issuer: URL): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const foreign = (origin !== undefined && origin !== issuer.origin) || (site !== undefined && site !== 'same-origin');
  if (foreign || (origin === undefined && site === undefined)) throw new Failure('foreign-origin', 403);
}

function isFor(issuer: URL, host: string | undefined): boolean {
  return host?.toLowerCase() === issuer.host;
}

function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

/** Headers of every answer of ours. `same-origin` as referrer policy: under `no-referrer` browsers post with `Origin: null`. */
export function securityHeaders(issuer: URL): Middleware {
  const secure = issuer.protocol === 'https:';
  return async (ctx, next) => {
    for (const [name, value] of always) ctx.res.setHeader(name, value);
    // Another host, which gets a refusal, is not ours to bind to https.
    if (secure && isFor(issuer, ctx.req.headers.host)) ctx.set('Strict-Transport-Security', 'max-age=63072000');
    await next();
    // Whatever shows a page or refuses something: the library leaves a few of its answers to the caches of others.
    const passing = ctx.status >= 400 || ctx.response.type === 'text/html';
    if (passing && !ctx.res.hasHeader('Cache-Control')) ctx.set('Cache-Control', 'no-store');
  };
}

const base =
  "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src 'self' data: https:; style-src 'self'";

/**
 * For routes of oidc-provider. It adds the hashes of its inline scripts to a `script-src` that stands, and its forms post
 * to the application (`form_post`) and are redirected there, which a `form-action` would forbid.
 */
const libraryPolicy = `${base}; script-src 'self'`;

const always: readonly (readonly [name: string, value: string])[] = [
  ['Content-Security-Policy', libraryPolicy],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
];

/** For pages of ours: their forms post to this origin alone. They end on a page that moves on by itself, not on a redirect. */
export const pagePolicy = `${base}; script-src 'self'; connect-src 'self'; form-action 'self'`;
