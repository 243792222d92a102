import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import type { Vault } from '../domain/ports.ts';

/** What a browser keeps for Sluis beside its session: never a password, and nothing that lets anybody in by itself. */
export interface BrowserCookies {
  /** A browser that signed in before, for its own count of wrong passwords. */
  browser(ctx: Context): KnownBrowser | undefined;
  /** Adds what this browser is to be known for. */
  know(ctx: Context, more: Partial<Omit<KnownBrowser, 'id'>>): void;
  /** Secrets of the permits that this browser keeps, the last one first. */
  permits(ctx: Context): readonly string[];
  keepPermit(ctx: Context, secret: string): void;
  /** Secrets of the remembered devices that this browser is, the last one first. */
  devices(ctx: Context): readonly string[];
  keepDevices(ctx: Context, secrets: readonly string[]): void;
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
  /** Digests of accounts that were signed in to: elsewhere, a sign-in is told to their owners. */
  readonly accounts: readonly string[];
}

interface Cookie {
  readonly name: string;
  /** Null takes it away. */
  readonly value: string | null;
  /** Milliseconds. */
  readonly maxAge?: number;
}

const DAY = 24 * 3600 * 1000;
const YEAR = 365 * 24 * 3600 * 1000;
/** Names that one browser may have a count of its own for, people that it remembers not to ask, and accounts. A cookie has 4 KB. */
const MOST = { names: 8, postponed: 8, accounts: 16 };
/** People who may be about to set a factor up in one browser. */
const MOST_PERMITS = 4;
/** People who are remembered in one browser. */
const MOST_DEVICES = 8;

const lists = ['names', 'postponed', 'accounts'] as const;

/** 256 bits in base64url. */
export const SECRET = /^[\w-]{43}$/;

/** @param vault makes the cookie of a known browser unforgeable: a stranger must not get a fresh count by inventing one */
export function browserCookies(issuer: URL, vault: Vault): BrowserCookies {
  const secure = issuer.protocol === 'https:';
  const path = issuer.pathname === '/' ? '/' : issuer.pathname;
  const called = (name: string) => `${secure ? '__Secure-' : ''}sluis_${name}`;
  const read = (ctx: Context, name: string) => ctx.cookies.get(called(name));
  const write = (ctx: Context, { name, value, maxAge = YEAR }: Cookie) =>
    ctx.cookies.set(called(name), value, {
      path,
      secure,
      httpOnly: true,
      sameSite: 'lax',
      maxAge,
      overwrite: true,
    });

  const open = (sealed: string | undefined): KnownBrowser | undefined => {
    if (sealed === undefined) return undefined;
    try {
      return { postponed: [], accounts: [], ...JSON.parse(vault.open(sealed, 'cookie:browser')) };
    } catch {
      return undefined; // made up, or under a key that is gone: a browser like any other
    }
  };
  // A request asks several times.
  const opened = new WeakMap<Context, KnownBrowser | undefined>();
  const browser: BrowserCookies['browser'] = (ctx) => {
    if (!opened.has(ctx)) opened.set(ctx, open(read(ctx, 'browser')));
    return opened.get(ctx);
  };

  const secrets = (ctx: Context, name: string, most: number) =>
    (read(ctx, name) ?? '')
      .split('.')
      .filter((secret) => SECRET.test(secret))
      .slice(0, most);
  const permits: BrowserCookies['permits'] = (ctx) => secrets(ctx, 'permit', MOST_PERMITS);

  const know: BrowserCookies['know'] = (ctx, more) => {
    if (lists.every((list) => more[list] === undefined)) return;
    const known = browser(ctx) ?? { id: randomUUID(), names: [], postponed: [], accounts: [] };
    const fresh = lists.map(
      (list) => [list, (more[list] ?? []).filter((digest) => !known[list].includes(digest))] as const,
    );
    if (fresh.every(([, digests]) => digests.length === 0)) return;
    const kept = fresh.map(([list, digests]) => [list, [...digests, ...known[list]].slice(0, MOST[list])]);
    const value = vault.seal(JSON.stringify({ ...known, ...Object.fromEntries(kept) }), 'cookie:browser');
    write(ctx, { name: 'browser', value });
  };

  return {
    browser,
    know,
    permits,
    keepPermit: (ctx, secret) => {
      const kept = [secret, ...permits(ctx)].slice(0, MOST_PERMITS);
      write(ctx, { name: 'permit', value: kept.join('.'), maxAge: DAY });
    },
    devices: (ctx) => secrets(ctx, 'device', MOST_DEVICES),
    keepDevices: (ctx, kept) => write(ctx, { name: 'device', value: kept.slice(0, MOST_DEVICES).join('.') }),
    rememberedName(ctx) {
      const [username, office] = (read(ctx, 'name') ?? '').split('.').map(decoded);
      if (!username) return undefined;
      return { username, ...(office && { office }) };
    },
    rememberName(ctx, name) {
      if (name === undefined && read(ctx, 'name') === undefined) return;
      const value = name === undefined ? null : [name.username, name.office ?? ''].map(encoded).join('.');
      write(ctx, { name: 'name', value });
    },
    language: (ctx) => read(ctx, 'language'),
    pickLanguage: (ctx, language) => write(ctx, { name: 'language', value: language }),
    lastClient: (ctx) => decoded(read(ctx, 'client') ?? '') || undefined,
    setLastClient: (ctx, client) => {
      if (decoded(read(ctx, 'client') ?? '') !== client) write(ctx, { name: 'client', value: encoded(client) });
    },
  };
}

const encoded = (text: string) => Buffer.from(text).toString('base64url');
const decoded = (text: string) => Buffer.from(text, 'base64url').toString();
