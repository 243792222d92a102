import type { Context } from 'koa';
import type { Account } from '../../domain/account.ts';
import type { FactorName, Form } from '../../domain/factor.ts';
import { Failure } from '../../domain/failure.ts';
import type { AccountSource, Vault } from '../../domain/ports.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { type Actor, personActor } from '../../flows/administration/actor.ts';
import type { Administration } from '../../flows/administration/index.ts';
import { type FieldFault, Refusal, type RefusalCode } from '../../flows/administration/refusal.ts';
import type { OwnSession, OwnSessions } from '../../oidc/own-session.ts';
import type { TrialBrowser } from '../../oidc/trial-browser.ts';
import type { AddressOf } from '../address.ts';
import { readForm } from '../form.ts';
import type { FrontDoor } from '../front-door.ts';
import type { Pages } from '../pages.ts';
import { assertSameOrigin } from '../security.ts';
import type { Said } from './part.ts';

export interface ConsoleNeeds {
  readonly issuer: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  readonly administration: Administration;
  readonly accounts: Pick<AccountSource, 'byId'>;
  /** Whether a session may see the console; with `within`, whether its last gate was passed in so many milliseconds. */
  readonly admits: (session: SessionStanding, within?: number) => Promise<boolean>;
  readonly sessions: OwnSessions;
  readonly door: FrontDoor;
  readonly pages: Pages;
  readonly vault: Pick<Vault, 'digest'>;
  readonly address: AddressOf;
  /** Sign-ins at applications that administrators try. */
  readonly trials: TrialBrowser;
  /** Second factors of the deployment, in the order in which they are offered. */
  readonly methods: readonly FactorName[];
}

/** An administrator on a page of the console. */
export interface Visit {
  readonly ctx: Context;
  readonly needs: ConsoleNeeds;
  readonly session: OwnSession;
  readonly account: Account;
  readonly actor: Actor;
}

/** A form that an administrator posted. */
export interface Posted extends Visit {
  readonly form: Form;
}

/** What a page says of the form that was posted from it, where that changed nothing. */
export interface Again {
  /** `stale` is a form that was shown in another session. */
  readonly code: RefusalCode | 'stale';
  readonly faults: readonly FieldFault[];
  /** In the form that the page is about, or in one beside it, which says nothing of what the first one holds. */
  readonly typed?: Form;
  readonly typedBeside?: Form;
}

/** What a page is about. */
export interface Place {
  /** In the log: `admin.organization`. */
  readonly route: string;
  /** How old a proof may be where a page has a form, in milliseconds. */
  readonly freshness: number;
}

/** A form may be filled in for so long before its sender is asked for a proof once more, in milliseconds. */
export const FILLING = 1_800_000;

/**
 * Shows a page, or leads to the front door and back to it.
 * @param place `form` asks for a fresh proof
 */
export function showing(
  needs: ConsoleNeeds,
  place: Place & { readonly form: boolean },
  show: (visit: Visit) => Promise<void>,
) {
  return async (ctx: Context): Promise<void> => {
    ctx.state.route = `${place.route}.show`;
    const session = await needs.sessions.find(ctx);
    const isIn = session !== undefined && (await needs.admits(session, place.form ? place.freshness : undefined));
    if (!isIn) {
      return needs.door.leave(ctx, { returnTo: placeOf(ctx, needs), ...(place.form && { fresh: true }) }, session);
    }
    await answering(() => visitOf(ctx, needs, { session, proved: place.form }).then((visit) => show(visit)));
  };
}

/**
 * Takes a form, and shows the page again where nothing came of it, with everything that was typed.
 * @param place `beside` the form that the page is about there is this one
 */
export function taking(
  needs: ConsoleNeeds,
  place: Place & { readonly beside: boolean },
  { take, again }: { take: (posted: Posted) => Promise<void>; again: (visit: Visit, why: Again) => Promise<void> },
) {
  return async (ctx: Context): Promise<void> => {
    ctx.state.route = `${place.route}.change`;
    assertSameOrigin(ctx.headers, needs.issuer);
    const session = await needs.sessions.find(ctx);
    if (session === undefined || !(await needs.admits(session))) {
      return needs.door.leave(ctx, { returnTo: placeOf(ctx, needs), fresh: true }, session);
    }
    const proved = await needs.admits(session, place.freshness + FILLING);
    const form = await readForm(ctx.req);
    await answering(async () => {
      const visit = await visitOf(ctx, needs, { session, proved });
      const why = form.bound === bindingOf(visit) ? await refusalOf(() => take({ ...visit, form })) : stale;
      if (why === undefined) return;
      ctx.state.outcome = why.code;
      ctx.status = 422;
      await again(visit, { ...why, ...(place.beside ? { typedBeside: form } : { typed: form }) });
    });
  };
}

const stale = { code: 'stale', faults: [] } as const;

/** Why nothing was done; undefined when it was. */
async function refusalOf(work: () => Promise<void>): Promise<Again | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    // What is gone, or was never to be seen, has no page to show again.
    if (!(error instanceof Refusal) || error.code === 'not-found') throw error;
    return { code: error.code, faults: error.faults };
  }
}

/** What an administrator may not see is not there. */
async function answering(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'forbidden') throw new Failure('forbidden', 403);
    throw new Failure('not-found', 404);
  }
}

async function visitOf(
  ctx: Context,
  needs: ConsoleNeeds,
  { session, proved }: { readonly session: OwnSession; readonly proved: boolean },
): Promise<Visit> {
  const account = await needs.accounts.byId(session.account);
  const visitor = { address: needs.address(ctx.req), requestId: ctx.state.requestId };
  const actor = account && personActor(account, proved, visitor);
  if (account === undefined || actor === undefined) throw new Failure('forbidden', 403);
  return { ctx, needs, session, account, actor };
}

/** Ties a form to the session that it was shown in. */
export function bindingOf({ needs, session }: Pick<Visit, 'needs' | 'session'>): string {
  return needs.vault.digest(`${session.uid}\n${session.account}`, 'console-form').slice(0, 22);
}

/** Path and query of the page, below the issuer. */
function placeOf(ctx: Context, { issuer, base }: ConsoleNeeds): string {
  const { pathname, search } = new URL(ctx.originalUrl, issuer);
  return `${pathname.slice(base.length)}${search}`;
}

/** Leads on to a page. @param place below the issuer; @param said what it says of the change */
export function goTo({ ctx, needs }: Pick<Visit, 'ctx' | 'needs'>, place: string, said?: Said): void {
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(`${needs.base}${place}${said === undefined ? '' : `?said=${said}`}`);
}
