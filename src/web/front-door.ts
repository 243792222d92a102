import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { MFA } from '../domain/acr.ts';
import type { FactorName } from '../domain/factor.ts';
import type { Vault } from '../domain/ports.ts';
import type { OwnSession, OwnSessions } from '../oidc/own-session.ts';

/** Why somebody is sent to the front door, and what happens when they come back. */
export interface Errand {
  /** Path below the issuer to go on at. */
  readonly returnTo: string;
  /** A proof of now is needed, even where the session is good. */
  readonly fresh?: boolean;
  /** More than a password is needed, even of somebody who has nothing more: they set it up. */
  readonly second?: boolean;
  /** A factor to set up, or recovery codes to make anew. */
  readonly adding?: FactorName;
  /** Ids of enrolments that the new one takes the place of. */
  readonly instead?: readonly string[];
}

/** An errand that is under way in one browser. */
interface Underway extends Errand {
  readonly state: string;
  /** Whose page it was begun on, where somebody was signed in. */
  readonly account?: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Somebody who came back from the front door. */
export interface Return {
  readonly errand: Errand;
  /** When the errand began; milliseconds since the Unix epoch. */
  readonly at: number;
  /** Absent where they gave up, or came back as somebody else: nothing is done for them. */
  readonly session?: OwnSession;
}

/** Signing in to one of our own pages: the authorization code flow of OpenID Connect Core, section 3.1, as any application goes through it. */
export interface FrontDoor {
  /** Leads the browser there. */
  leave(ctx: Context, errand: Errand, session?: OwnSession): void;
  /** Takes what the browser comes back with. Undefined for an answer that this browser did not ask for. */
  comeBack(ctx: Context): Promise<Return | undefined>;
}

export interface FrontDoorParts {
  /** Of the page, with the path that Sluis is mounted under, and without a slash at its end. */
  readonly address: URL;
  /** Path that Sluis is mounted under; empty at the root. */
  readonly base: string;
  /** `client_id` of the page. */
  readonly client: string;
  readonly sessions: OwnSessions;
  readonly vault: Vault;
  readonly now: () => number;
}

/** An errand that takes longer begins again. */
const PATIENCE = 3_600_000;

export function frontDoor({ address, base, client, sessions, vault, now }: FrontDoorParts): FrontDoor {
  const secure = address.protocol === 'https:';
  const cookie = `${secure ? '__Secure-' : ''}sluis_own`;
  // One page's cookie is worth nothing at the other.
  const context = `cookie:own:${client}`;
  const keep = (ctx: Context, value: string | null) =>
    ctx.cookies.set(cookie, value, {
      path: address.pathname,
      secure,
      httpOnly: true,
      sameSite: 'lax',
      maxAge: PATIENCE,
      overwrite: true,
    });

  function underway(ctx: Context): Underway | undefined {
    const sealed = ctx.cookies.get(cookie);
    if (sealed === undefined) return undefined;
    try {
      return JSON.parse(vault.open(sealed, context));
    } catch {
      return undefined; // made up, or under a key that is gone
    }
  }

  return {
    leave(ctx, errand, session) {
      const state = randomBytes(32).toString('base64url');
      const kept: Underway = { ...errand, state, at: now(), ...(session && { account: session.account }) };
      keep(ctx, vault.seal(JSON.stringify(kept), context));
      const query = new URLSearchParams({
        client_id: client,
        redirect_uri: `${address}/callback`,
        response_type: 'code',
        scope: 'openid',
        state,
        ...(errand.fresh && { sluis_fresh: '1' }),
        ...(errand.second && { acr_values: MFA }),
        ...(errand.adding !== undefined && { sluis_add: errand.adding }),
      });
      ctx.status = 303;
      ctx.set('Cache-Control', 'no-store');
      ctx.redirect(`${base}/auth?${query}`);
    },

    async comeBack(ctx) {
      const kept = underway(ctx);
      const { state, code } = ctx.query;
      if (kept === undefined || typeof state !== 'string' || !same(kept.state, state)) return undefined;
      keep(ctx, null);
      const { account, at, state: _, ...errand } = kept;
      const uid = typeof code === 'string' ? await sessions.redeem(code) : undefined;
      const session = uid === undefined ? undefined : await sessions.find(ctx);
      const isTheirs = session?.uid === uid && (account === undefined || session?.account === account);
      return { errand, at, ...(session && isTheirs && { session }) };
    },
  };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
