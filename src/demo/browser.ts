import type { Context } from 'koa';
import { type Locale, locales } from '../domain/locale.ts';
import { chooseLocale } from '../web/language.ts';
import type { Visit, Visits } from './visits.ts';

// Cookies are shared between all ports of a host, so that names must differ from the provider's.
const VISIT = 'demo_visit';
const LANGUAGE = 'demo_language';

/** The visit that a request belongs to. */
export function visitOf(ctx: Context, visits: Visits): Visit | undefined {
  return visits.find(ctx.cookies.get(VISIT));
}

/** Has the browser come back to this visit. `Lax`, because it comes back from the provider's site. */
export function keepVisit(ctx: Context, visit: Visit): void {
  ctx.cookies.set(VISIT, visit.id, { httpOnly: true, sameSite: 'lax', secure: ctx.secure });
}

/** The language of the page: `?lang=` and from then on. */
export function localeOf(ctx: Context): Locale {
  const picked = locales.find((locale) => locale === ctx.query.lang);
  if (picked !== undefined) ctx.cookies.set(LANGUAGE, picked, { httpOnly: true, sameSite: 'lax', secure: ctx.secure });
  return chooseLocale({ picked: picked ?? ctx.cookies.get(LANGUAGE), accept: ctx.get('Accept-Language') });
}
