import type { Context, Middleware } from 'koa';
import mount from 'koa-mount';
import { TRIAL_PLACE, TRIAL_TIME, trialRedirect } from './trial-provider.ts';
import { trialRequest, trialTickets } from './trial-ticket.ts';
import type { TrialParts } from './trials.ts';

/** What the browser of an administrator keeps while a trial is under way, and where it goes. */
export interface TrialBrowser {
  keep(ctx: Context, ticket: string): void;
  /** What it came back with. */
  kept(ctx: Context): { readonly ticket?: string; readonly session?: string };
  /** Takes both away. */
  forget(ctx: Context): void;
  /** Answers the authorization endpoint of trials, and where it goes on after a sign-in. */
  readonly answer: Middleware;
}

export function trialBrowser(parts: Omit<TrialParts, 'models' | 'sessions'>): TrialBrowser {
  const { provider, issuer } = parts;
  const tickets = trialTickets(parts);
  const base = issuer.pathname.replace(/\/$/, '');
  const secure = issuer.protocol === 'https:';
  const ticketCookie = { name: `${secure ? '__Secure-' : ''}sluis-trial-ticket`, path: `${base}${TRIAL_PLACE}` };
  const sessionCookie = () => ({ name: provider().cookieName('session'), path: '/' });
  const set = (ctx: Context, { name, path }: typeof ticketCookie, value: string | null) =>
    ctx.cookies.set(name, value, {
      path,
      secure,
      httpOnly: true,
      sameSite: 'lax',
      maxAge: TRIAL_TIME,
      overwrite: true,
    });
  return {
    keep: (ctx, ticket) => void set(ctx, ticketCookie, ticket),

    kept(ctx) {
      const [ticket, session] = [ctx.cookies.get(ticketCookie.name), ctx.cookies.get(sessionCookie().name)];
      return { ...(ticket !== undefined && { ticket }), ...(session !== undefined && { session }) };
    },

    forget(ctx) {
      set(ctx, ticketCookie, null);
      set(ctx, sessionCookie(), null);
    },

    answer: (ctx, next) => {
      const ticket = tickets.read(ctx.cookies.get(ticketCookie.name));
      // A link that somebody made, or a trial that took too long: the console says so.
      if (ticket === undefined) {
        ctx.status = 303;
        ctx.set('Cache-Control', 'no-store');
        return ctx.redirect(`${base}${TRIAL_PLACE}`);
      }
      // The request is the one that the administrator began, whatever the address says.
      ctx.querystring = ctx.path === `${TRIAL_PLACE}/auth` ? trialRequest(ticket, trialRedirect(issuer.href)) : '';
      return mount(provider())(ctx, next);
    },
  };
}
