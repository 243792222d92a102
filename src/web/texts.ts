import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { type Locale, locales } from '../domain/locale.ts';

/** Values that a text names. `count` chooses between singular and plural. */
export type TextValues = Readonly<Record<string, string | number>>;

/** A deployment's own words: dotted key to text. */
export type TextOverrides = Readonly<Partial<Record<Locale, Readonly<Record<string, string>>>>>;

/** Every text on screen, in every language. */
export interface Texts {
  /** Whether there is a text for this key. */
  has(key: string): boolean;
  /**
   * The text of the first key that exists; the last key itself where none does. Not escaped: the template does that.
   * @param keys one, or several from special to general
   */
  text(locale: Locale, keys: string | readonly string[], values?: TextValues): string;
}

interface Tree {
  readonly [key: string]: string | Tree;
}

/**
 * Reads `texts/<locale>.json` of each folder, later ones over earlier ones, then a deployment's own words.
 * @throws naming every overridden key that is in no text file: a typing error would otherwise go unseen
 */
export function createTexts(directories: readonly string[], overrides: TextOverrides = {}): Texts {
  const i18n = createInstance({
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: [...locales],
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  void i18n.init();
  const known = new Set<string>();
  for (const locale of locales) {
    for (const directory of directories) {
      const file = join(directory, 'texts', `${locale}.json`);
      if (!existsSync(file)) continue;
      const tree: Tree = JSON.parse(readFileSync(file, 'utf8'));
      for (const key of keysOf(tree)) known.add(key);
      i18n.addResourceBundle(locale, 'translation', tree, true, true);
    }
  }
  const unknown = locales.flatMap((locale) => Object.keys(overrides[locale] ?? {}).filter((key) => !known.has(key)));
  if (unknown.length > 0) throw new Error(`texts: no such key: ${unknown.join(', ')}`);
  for (const locale of locales) i18n.addResources(locale, 'translation', { ...overrides[locale] });

  const has = (key: string) => known.has(key) || known.has(`${key}_other`);
  const translate = { en: i18n.getFixedT('en'), nl: i18n.getFixedT('nl') };
  // Every text is looked up once: a look-up costs more than the rest of a page. Values are filled in here.
  const found = { en: new Map<string, string>(), nl: new Map<string, string>() };
  function template(locale: Locale, key: string, count: string | number | undefined): string {
    const place = count === undefined ? key : `${key} ${count}`;
    const before = found[locale].get(place);
    if (before !== undefined) return before;
    const text = translate[locale](key, { count: Number(count ?? 0), skipInterpolation: true });
    found[locale].set(place, text);
    return text;
  }
  return {
    has,
    text(locale, keys, values = {}) {
      const all = typeof keys === 'string' ? [keys] : keys;
      const key = all.find(has);
      if (key === undefined) return all.at(-1) ?? '';
      const text = template(locale, key, values.count);
      if (!text.includes('{{')) return text;
      return text.replace(/{{(\w+)}}/g, (named, name: string) => String(values[name] ?? named));
    },
  };
}

/** The dotted keys of a tree of texts. */
export function keysOf(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}
