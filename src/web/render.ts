import { readFileSync } from 'node:fs';
import { Eta } from 'eta/core';
import type { Clock } from '../domain/clock.ts';
import type { FactorName } from '../domain/factor.ts';
import type { Locale } from '../domain/locale.ts';
import { locales } from '../domain/locale.ts';
import type { LocalizedText } from '../domain/organization.ts';
import type { Assets } from './assets.ts';
import type { Brand, Page, Problem, View } from './page.ts';
import { qrCode } from './qr-code.ts';
import { createTexts, type TextOverrides, type Texts, type TextValues } from './texts.ts';
import { templates, viewsDirectory } from './views.ts';
import { whenAsked } from './when-asked.ts';

/** Turns what is known of a page into HTML. */
export interface Renderer {
  /** @throws when there is no such view */
  render(view: View, page: Page): string;
  /** Fills in a template that is no page. It has the tools that pages have. */
  fill(view: `mail/${string}`, locale: Locale, values: object): string;
  /** A day in words. @param at milliseconds since the Unix epoch */
  date(locale: Locale, at: number): string;
  readonly texts: Texts;
}

export interface RenderOptions {
  readonly brand: Brand;
  readonly assets: Assets;
  readonly clock: Clock;
  readonly texts?: TextOverrides;
  /** Of the times on a page, as in the IANA database; by default the server's own. A script turns them into the visitor's. */
  readonly timeZone?: string;
  /** Further folders of the same shape as views/, each laid over those before it. */
  readonly views?: readonly string[];
}

/** Compiles every template once: Sluis's own when they are first shown, those of a deployment here, so that a broken one fails at start. */
export function createRenderer(options: RenderOptions): Renderer {
  const own = viewsDirectory();
  const directories = [own, ...(options.views ?? [])];
  const texts = createTexts(directories, options.texts);
  const eta = new Eta({ autoTrim: [false, 'nl'] });
  const names = new Set<string>();
  for (const directory of directories) {
    for (const { name, file } of templates(directory)) {
      const source = readFileSync(file, 'utf8');
      const template = whenAsked(() => eta.compile(source));
      if (directory !== own) template();
      eta.loadTemplate(`@${name}`, (data, given) => template().call(eta, data, given));
      names.add(name);
    }
  }
  const tools = Object.fromEntries(
    locales.map((locale) => [locale, toolsFor(locale, { ...options, texts, names })]),
  ) as Record<Locale, ReturnType<typeof toolsFor>>;

  return {
    texts,
    date: (locale, at) => tools[locale].date(at),
    fill: (view, locale, values) => eta.render(`@${view}`, { ...tools[locale], ...values }),
    render: (view, page) => eta.render(`@${view}`, { ...tools[page.locale], ...page, faulty: faulty(page) }),
  };
}

/** What is no fault of the fields: a stale tab, a change meanwhile, something that others have yet to do, a message that was not sent, a no. */
const faultless: readonly string[] = ['stale', 'changed', 'pending', 'not-offered', 'undelivered', 'declined'];

/** Whether a field of the form is wrong. Who has to wait did nothing wrong. */
function faulty({ problem }: Page): boolean {
  return problem !== undefined && problem.values?.seconds === undefined && !faultless.includes(problem.code);
}

/** What templates can call, beside the page's own fields. All of it is plain text that eta escapes, but for `strong`. */
function toolsFor(
  locale: Locale,
  { texts, names, brand, assets, clock, timeZone }: Omit<RenderOptions, 'texts'> & { texts: Texts; names: Set<string> },
) {
  // The first of these takes longer than a page, and few pages show a time.
  const hour = whenAsked(
    () => new Intl.DateTimeFormat(regions[locale], { timeStyle: 'short', hourCycle: 'h23', timeZone }),
  );
  const moment = whenAsked(() => new Intl.DateTimeFormat(regions[locale], { ...inMails, timeZone }));
  const day = whenAsked(() => new Intl.DateTimeFormat(regions[locale], { dateStyle: 'long', timeZone }));
  const countries = whenAsked(() => new Intl.DisplayNames(regions[locale], { type: 'region' }));
  const collator = whenAsked(() => new Intl.Collator(regions[locale]));
  const text = (keys: string | readonly string[], values?: TextValues) => texts.text(locale, keys, values);
  return {
    brand,
    asset: assets.href,
    hasAsset: assets.has,
    has: (view: string) => names.has(view),
    hasText: texts.has,
    t: text,
    strong: (keys: string | readonly string[], values: TextValues) => strong(text, keys, values),
    problemText: ({ code, by, detail, field, values }: Problem, factor?: FactorName) =>
      text(
        [
          ...(detail === undefined ? [] : [`factor.${by ?? factor}.problem.${detail}`]),
          `field.${field}.${code}`,
          `factor.${by ?? factor}.problem.${code}`,
          `problem.${code}`,
          'problem.unknown',
        ],
        values,
      ),
    textIn: (other: Locale, key: string) => texts.text(other, key),
    /** A text that a deployment or an organization wrote itself. */
    own: (words?: LocalizedText) => words?.[locale] ?? words?.en ?? words?.nl,
    time: (at: number) => hour().format(at),
    date: (at: number) => day().format(at),
    /** With its time zone: in a mail no script turns it into the reader's. */
    moment: (at: number) => moment().format(at),
    iso: (at: number) => new Date(at).toISOString(),
    groups: (secret: string) => secret.replace(/\s/g, '').match(/.{1,4}/g) ?? [],
    now: () => clock.now(),
    qrCode,
    countryName: (code: string) => countries().of(code) ?? code,
    /** For lists: as people of this language look things up. */
    alphabetically: (one: string, other: string) => collator().compare(one, other),
  };
}

const inMails: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
};

/** Whose dates are written: `en` alone would write those of the United States. */
const regions: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl-NL' };

const OPEN = '\u0002';
const CLOSE = '\u0003';

/** A text whose values stand out. Escaped here, so a template writes it raw. */
function strong(
  text: (keys: string | readonly string[], values: TextValues) => string,
  keys: string | readonly string[],
  values: TextValues,
): string {
  const marked = Object.entries(values).map(([name, value]) => {
    return [name, `${OPEN}${String(value).replaceAll(OPEN, '').replaceAll(CLOSE, '')}${CLOSE}`];
  });
  return escapeHtml(text(keys, Object.fromEntries(marked)))
    .replaceAll(OPEN, '<b>')
    .replaceAll(CLOSE, '</b>');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
