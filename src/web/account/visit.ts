import type { Context } from 'koa';
import type { FactorName, Form } from '../../domain/factor.ts';
import type { Vault } from '../../domain/ports.ts';
import type { AccountPage, OwnAccount } from '../../flows/account/index.ts';
import type { Outcome, Owning } from '../../flows/own-factors/outcome.ts';
import type { OwnSession, OwnSessions } from '../../oidc/own-session.ts';
import type { AddressOf } from '../address.ts';
import type { BrowserCookies } from '../browser-cookies.ts';
import { readForm } from '../form.ts';
import type { FrontDoor } from '../front-door.ts';
import type { OwnPart } from '../own-part.ts';
import type { Page } from '../page.ts';
import type { Pages } from '../pages.ts';
import { assertSameOrigin } from '../security.ts';

export interface AccountRouteNeeds {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly account: AccountPage;
  readonly sessions: OwnSessions;
  readonly door: FrontDoor;
  readonly pages: Pages;
  readonly cookies: BrowserCookies;
  readonly vault: Pick<Vault, 'digest'>;
  readonly address: AddressOf;
  /** The factor that recovery codes are. */
  readonly codes?: FactorName;
}

/** Somebody on a page about their own account, who may be there. */
export interface Visit {
  readonly ctx: Context;
  readonly needs: AccountRouteNeeds;
  readonly session: OwnSession;
}

/** A form that was posted from such a page. */
export interface Posted extends Visit {
  readonly form: Form;
}

interface Asked {
  /** Path of the page, below the issuer. */
  readonly place: string;
  /** The page is about changes: it takes a proof of now. */
  readonly fresh: boolean;
}

/** Shows a page, or leads to the front door and back to it. */
export function showing(needs: AccountRouteNeeds, asked: Asked, show: (visit: Visit) => Promise<void>) {
  return async (ctx: Context): Promise<void> => {
    ctx.state.route = `${asked.place.slice(1).replaceAll('/', '.')}.show`;
    const session = await admitted(ctx, needs, asked);
    if (session !== undefined) await show({ ctx, needs, session });
  };
}

/** Takes a form. One that was shown to somebody else, or in another session, changes nothing. */
export function taking(needs: AccountRouteNeeds, asked: Asked, take: (posted: Posted) => Promise<void>) {
  return async (ctx: Context): Promise<void> => {
    ctx.state.route = `${asked.place.slice(1).replaceAll('/', '.')}.change`;
    assertSameOrigin(ctx.headers, needs.issuer);
    const session = await admitted(ctx, needs, asked);
    if (session === undefined) return;
    const form = await readForm(ctx.req);
    const visit = { ctx, needs, session };
    if (form.bound !== bindingOf(visit)) goTo(visit, asked.place, 'stale');
    else await take({ ...visit, form });
  };
}

async function admitted(ctx: Context, needs: AccountRouteNeeds, asked: Asked): Promise<OwnSession | undefined> {
  const { account, sessions, door } = needs;
  // What was posted is lost: the person is asked to do it once more.
  const returnTo = `${asked.place}${ctx.method === 'POST' ? '?said=proved' : ''}`;
  const session = await sessions.find(ctx);
  if (session !== undefined && (await account.admits(session, asked.fresh))) return session;
  door.leave(ctx, { returnTo, ...(asked.fresh && { fresh: true }) }, session);
  return undefined;
}

/** Ties a form to the session that it was shown in. */
function bindingOf({ needs, session }: Visit): string {
  return needs.vault.digest(`${session.uid}\n${session.account}`, 'own-form').slice(0, 22);
}

export function owningOf({ ctx, needs, session }: Visit): Owning {
  return { session, visitor: { address: needs.address(ctx.req), requestId: ctx.state.requestId } };
}

/** What people are told at the top of a page that they come to after a change. */
export const said = ['saved', 'stale', 'unknown', 'needed', 'changed', 'choose', 'proved', 'mailed'] as const;

/** Leads to a page. @param word what it says, one of `said` */
export function goTo({ ctx, needs }: Pick<Visit, 'ctx' | 'needs'>, place: string, word?: (typeof said)[number]): void {
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(`${needs.base}${place}${word === undefined ? '' : `?said=${word}`}`);
}

/** Leads on after a change, in a session that goes on; back through the front door where its proof was too old. */
export async function conclude(visit: Visit, place: string, outcome: Outcome): Promise<void> {
  const { ctx, needs, session } = visit;
  ctx.state.outcome = outcome.ok ? 'saved' : outcome.reason;
  if (!outcome.ok) {
    if (outcome.reason === 'unproved' || outcome.reason === 'stale') {
      return needs.door.leave(ctx, { returnTo: `${place}?said=proved`, fresh: true }, session);
    }
    return goTo(visit, place, outcome.reason);
  }
  if (outcome.epoch !== undefined) await needs.sessions.renew(session, outcome.epoch);
  goTo(visit, place, 'saved');
}

/** Shows one of the pages under views/account. */
export function present(visit: Visit, view: `account/${string}`, { own, who, ...page }: Draft): void {
  const { ctx, needs } = visit;
  const { account, organization } = who;
  const word = said.find((one) => one === ctx.query.said);
  needs.pages.show(ctx, view, {
    own: { home: `${needs.base}/account`, signOut: `${needs.base}/session/end`, ...(word && { said: word }), ...own },
    bound: bindingOf(visit),
    person: { username: account.username, ...(account.profile.name !== undefined && { name: account.profile.name }) },
    ...(organization && { organization }),
    ...page,
    reader: { person: account },
  });
}

type Draft = Partial<Omit<Page, 'own'>> & { readonly own?: Partial<OwnPart>; readonly who: OwnAccount };
