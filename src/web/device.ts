import type { Context, Middleware } from 'koa';
import type { Clients, Throttle, ThrottleRule } from '../domain/ports.ts';
import type { ProtocolPages } from '../oidc/protocol-pages.ts';
import type { AddressOf } from './address.ts';
import type { Pages } from './pages.ts';
import { pagePolicy } from './security.ts';
import { shownClient } from './shown-client.ts';

/** As oidc-provider's router reads it: in either case, with a slash at its end or without. */
const PLACE = /^\/device\/?$/i;

/** Characters of the longest code that somebody may bring in a link. */
const LONGEST = 20;

type DevicePages = Pick<ProtocolPages, 'deviceCode' | 'confirmDevice' | 'deviceConnected'>;

/** Where people enter the code that a device shows. Their forms post to this origin alone, and lead on within it. */
export function devicePages({ pages, clients }: { readonly pages: Pages; readonly clients: Clients }): DevicePages {
  const html: Pages['html'] = (ctx, view, draft) => {
    ctx.set('Content-Security-Policy', pagePolicy);
    return pages.html(ctx, view, draft);
  };
  return {
    async deviceCode(ctx, { action, xsrf, code = brought(ctx), problem }) {
      if (problem !== undefined) ctx.state.outcome = problem;
      const show = { action, xsrf, ...(code !== undefined && { code: code.slice(0, LONGEST) }) };
      if (problem === undefined) return html(ctx, 'device/code', { show });
      return html(ctx, 'device/code', { show, languages: [], problem: { code: problem, field: 'user_code' } });
    },
    async confirmDevice(ctx, { action, xsrf, code, client }) {
      const known = await clients.byId(client.id);
      const show = { action, xsrf, code };
      return html(ctx, 'device/confirm', { languages: [], show, client: known ? shownClient(known) : client });
    },
    async deviceConnected(ctx) {
      return html(ctx, 'device/connected', { languages: [] });
    },
  };
}

export interface UserCodeNeeds {
  /** Answers everything of OpenID Connect. */
  readonly provider: Middleware;
  readonly throttle: Throttle;
  readonly rule: ThrottleRule;
  readonly address: AddressOf;
  readonly pages: Pages;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
}

/**
 * Slows down who guesses codes (RFC 8628, section 5.1): each is counted by address before it is looked up, and given back unless it was
 * wrong. A code that a link brings is shown and not judged: the library would post it by a script of its own.
 */
export function slowDownUserCodes({ provider, throttle, rule, address, pages, base }: UserCodeNeeds): Middleware {
  return async (ctx, next) => {
    if (!PLACE.test(ctx.path)) return provider(ctx, next);
    if (ctx.method !== 'POST') {
      bring(ctx);
      return provider(ctx, next);
    }
    const key = `user-code:${address(ctx.req)}`;
    const spent = await throttle.spend([{ key, rule }]);
    if (!spent.granted) {
      const seconds = Math.ceil(spent.wait / 1_000);
      ctx.state.route = 'code_verification';
      ctx.state.outcome = 'throttled';
      ctx.status = 429;
      ctx.set('Retry-After', String(seconds));
      const problem = { code: 'throttled', values: { seconds } };
      return pages.show(ctx, 'device/code', { languages: [], show: { action: `${base}/device` }, problem });
    }
    await provider(ctx, next);
    if (ctx.state.outcome !== 'wrong') await throttle.refund([key]);
  };
}

/** Takes the code out of the address under the name that the library knows. Under ours it stays, also when the language is changed. */
function bring(ctx: Context): void {
  const { user_code: code, ...others } = ctx.query;
  if (typeof code === 'string') ctx.query = { ...others, code };
}

function brought(ctx: Context): string | undefined {
  const { code } = ctx.query;
  return typeof code === 'string' ? code : undefined;
}
