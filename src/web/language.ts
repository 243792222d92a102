import { type Locale, locales } from '../domain/locale.ts';

/** What is known about the language somebody reads; the first that names one of ours decides. */
export interface LanguageHints {
  /** What the person picked on the page. */
  readonly picked?: string | undefined;
  /** `ui_locales` of OpenID Connect Core, section 3.1.2.1: tags in order of preference, separated by spaces. */
  readonly uiLocales?: string | undefined;
  /** The account's own setting. */
  readonly person?: Locale | undefined;
  /** The `Accept-Language` header (RFC 9110, section 12.5.4). */
  readonly accept?: string | undefined;
}

/** Enough for every browser; what is longer was not made by one. */
const MOST_TAGS = 20;

/** Chooses the language of a page. Never fails, whatever the request says. */
export function chooseLocale(hints: LanguageHints, fallback: Locale = 'en'): Locale {
  const wanted = [hints.picked, ...words(hints.uiLocales), hints.person, ...accepted(hints.accept)];
  for (const tag of wanted) {
    const locale = known(tag);
    if (locale !== undefined) return locale;
  }
  return fallback;
}

function words(list = ''): string[] {
  return list.split(' ', MOST_TAGS);
}

/** The tags of an `Accept-Language` header, the most wanted first; those of weight 0 are left out. */
function accepted(header = ''): string[] {
  return header
    .split(',', MOST_TAGS)
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { tag, weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}

/** Ours, by the primary language of a tag (RFC 5646): `nl-BE` is `nl`. */
function known(tag = ''): Locale | undefined {
  const primary = tag.toLowerCase().split('-', 1)[0];
  return locales.find((locale) => locale === primary);
}
