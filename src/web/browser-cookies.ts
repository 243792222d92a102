import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import type { Vault } from '../domain/ports.ts';

/** What a browser keeps for Sluis beside its session: never a password, and nothing that lets anybody in. */
export interface BrowserCookies {
  /** A browser that signed in before, for its own count of wrong passwords. */
  browser(ctx: Context): KnownBrowser | undefined;
  recognise(ctx: Context, name: string): void;
  /** Somebody does not want to be offered something again. @param who a digest */
  postpone(ctx: Context, who: string): void;
  rememberedName(ctx: Context): { readonly username: string; readonly office?: string } | undefined;
  rememberName(ctx: Context, name: { username: string; office?: string } | undefined): void;
  language(ctx: Context): string | undefined;
  pickLanguage(ctx: Context, language: string): void;
  /** `client_id` of the last sign-in, to lead a bookmarked page back to its application. */
  lastClient(ctx: Context): string | undefined;
  setLastClient(ctx: Context, client: string): void;
}

/** A browser that has been here before. */
export interface KnownBrowser {
  readonly id: string;
  /** Digests of names that signed in. */
  readonly names: readonly string[];
  /** Digests of who said "not now". */
  readonly postponed: readonly string[];
}

const YEAR = 365 * 24 * 3600 * 1000;
/** Names that one browser may have a count of its own for, and people that it remembers not to ask. */
const MOST_NAMES = 8;

/** @param vault makes the cookie of a known browser unforgeable: a stranger must not get a fresh count by inventing one */
export function browserCookies(issuer: URL, vault: Vault): BrowserCookies {
  const secure = issuer.protocol === 'https:';
  const path = issuer.pathname === '/' ? '/' : issuer.pathname;
  const called = (name: string) => `${secure ? '__Secure-' : ''}sluis_${name}`;
  const read = (ctx: Context, name: string) => ctx.cookies.get(called(name));
  const write = (ctx: Context, name: string, value: string | null) =>
    ctx.cookies.set(called(name), value, {
      path,
      secure,
      httpOnly: true,
      sameSite: 'lax',
      maxAge: YEAR,
      overwrite: true,
    });

  const browser: BrowserCookies['browser'] = (ctx) => {
    const sealed = read(ctx, 'browser');
    if (sealed === undefined) return undefined;
    try {
      return { postponed: [], ...JSON.parse(vault.open(sealed, 'cookie:browser')) };
    } catch {
      return undefined; // made up, or under a key that is gone: a browser like any other
    }
  };

  const add = (ctx: Context, list: 'names' | 'postponed', digest: string) => {
    const known = browser(ctx) ?? { id: randomUUID(), names: [], postponed: [] };
    if (known[list].includes(digest)) return;
    const kept = JSON.stringify({ ...known, [list]: [digest, ...known[list]].slice(0, MOST_NAMES) });
    write(ctx, 'browser', vault.seal(kept, 'cookie:browser'));
  };

  return {
    browser,
    recognise: (ctx, name) => add(ctx, 'names', name),
    postpone: (ctx, who) => add(ctx, 'postponed', who),
    rememberedName(ctx) {
      const [username, office] = (read(ctx, 'name') ?? '').split('.').map(decoded);
      if (!username) return undefined;
      return { username, ...(office && { office }) };
    },
    rememberName(ctx, name) {
      if (name === undefined && read(ctx, 'name') === undefined) return;
      write(ctx, 'name', name === undefined ? null : [name.username, name.office ?? ''].map(encoded).join('.'));
    },
    language: (ctx) => read(ctx, 'language'),
    pickLanguage: (ctx, language) => write(ctx, 'language', language),
    lastClient: (ctx) => decoded(read(ctx, 'client') ?? '') || undefined,
    setLastClient: (ctx, client) => {
      if (decoded(read(ctx, 'client') ?? '') !== client) write(ctx, 'client', encoded(client));
    },
  };
}

const encoded = (text: string) => Buffer.from(text).toString('base64url');
const decoded = (text: string) => Buffer.from(text, 'base64url').toString();
