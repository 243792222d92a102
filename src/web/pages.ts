import type { Context } from 'koa';
import type { Account } from '../domain/account.ts';
import { type Locale, locales } from '../domain/locale.ts';
import type { BrowserCookies } from './browser-cookies.ts';
import { chooseLocale } from './language.ts';
import type { Page, View } from './page.ts';
import type { Renderer } from './render.ts';
import { pagePolicy } from './security.ts';

/** What is known of a visitor's language beside what their browser says. */
export interface Reader {
  readonly uiLocales?: readonly string[];
  readonly person?: Pick<Account, 'locale'>;
}

/** A page as its handler knows it; its language and what goes with that are found out here. */
export type Draft = Partial<Page> & { readonly reader?: Reader };

/** Answers with pages of ours, in the visitor's language. */
export interface Pages {
  /** The language in which this visitor gets pages. */
  localeOf(ctx: Context, reader: Reader): Locale;
  show(ctx: Context, view: View, draft: Draft): void;
  /** The page as text, for routes of oidc-provider, whose forms lead on to the application. */
  html(ctx: Context, view: View, draft: Draft): string;
}

export function createPages(renderer: Renderer, cookies: BrowserCookies): Pages {
  // A language picked on a page comes before what application, account and browser ask for.
  const localeOf: Pages['localeOf'] = (ctx, { uiLocales, person }) =>
    chooseLocale({
      picked: pickedIn(ctx) ?? cookies.language(ctx),
      uiLocales: uiLocales?.join(' '),
      person: person?.locale,
      accept: ctx.get('accept-language'),
    });
  const html: Pages['html'] = (ctx, view, { reader = {}, ...page }) => {
    const locale = localeOf(ctx, reader);
    const picked = pickedIn(ctx);
    if (picked !== undefined) cookies.pickLanguage(ctx, picked);
    ctx.set({ 'Cache-Control': 'no-store', Vary: 'Accept-Language, Cookie' });
    ctx.type = 'html';
    return renderer.render(view, {
      locale,
      languages: locales.map((one) => ({ locale: one, href: inLanguage(ctx, one) })),
      ...page,
    });
  };
  return {
    localeOf,
    html,
    show(ctx, view, draft) {
      ctx.body = html(ctx, view, draft);
      ctx.set('Content-Security-Policy', pagePolicy);
    },
  };
}

/** The same page in another language, with whatever else its address says. */
function inLanguage(ctx: Context, locale: Locale): string {
  const query = new URLSearchParams(ctx.querystring);
  query.set('lang', locale);
  return `?${query}`;
}

/** The language that somebody picks with this request; it counts from then on. */
function pickedIn(ctx: Context): Locale | undefined {
  return locales.find((one) => one === ctx.query.lang);
}
