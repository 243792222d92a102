import type { Letter } from '../domain/letter.ts';
import type { Mail } from '../domain/ports.ts';
import { brandColours } from './brand-style.ts';
import type { Brand } from './page.ts';
import type { Renderer } from './render.ts';

/** What a mail is made of, for its views `mail/html` and `mail/text`. All of it is plain text. */
interface MailPage {
  readonly subject: string;
  readonly title: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly button?: { readonly label: string; readonly href: string };
  /** When it happened; milliseconds since the Unix epoch. */
  readonly at?: number;
  /** What else there is to know: a label and a value each. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly after: readonly string[];
  /** Why somebody gets this. */
  readonly foot: string;
  readonly locale: Letter['locale'];
}

/**
 * Puts letters into words: plain text, and HTML without pictures or anything else that is fetched. Links begin with the issuer.
 *
 * @param issuer without a slash at the end
 */
export function mailWords(
  renderer: Renderer,
  { brand, issuer }: { readonly brand: Brand; readonly issuer: string },
): (letter: Letter) => Pick<Mail, 'subject' | 'text' | 'html'> {
  const colours = brandColours(brand);
  return (letter) => {
    const page = pageOf(letter, renderer, { brand, issuer });
    return {
      subject: page.subject,
      text: `${renderer.fill('mail/text', letter.locale, page).trim()}\n`,
      html: renderer.fill('mail/html', letter.locale, { ...page, colours }),
    };
  };
}

function pageOf(
  letter: Letter,
  { texts, date }: Renderer,
  { brand, issuer }: { readonly brand: Brand; readonly issuer: string },
): MailPage {
  const { name, locale, link } = letter;
  const { help, factor, from, ...given } = letter.values ?? {};
  const values = {
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, oneLine(value)])),
    site: oneLine(brand.name),
    ...(help !== undefined && { help: `${issuer}${help}` }),
    ...(typeof from === 'number' && { from: date(locale, from) }),
    ...(factor !== undefined && { factor: texts.text(locale, `factor.${factor}.label`) }),
  };
  const text = (key: string) => texts.text(locale, `mail.${name}.${key}`, values);
  const lines = (key: string) => (texts.has(`mail.${name}.${key}`) ? text(key).split('\n') : []);
  return {
    locale,
    subject: text('subject'),
    title: text('title'),
    greeting: texts.text(locale, 'mail.greeting', values),
    paragraphs: lines('body'),
    ...(link !== undefined && { button: { label: text('button'), href: `${issuer}${link}` } }),
    ...(typeof letter.values?.at === 'number' && { at: letter.values.at }),
    facts: factsOf(letter, { texts }),
    after: lines('after'),
    foot: texts.text(locale, 'mail.foot', values),
  };
}

function factsOf({ locale, values = {} }: Letter, { texts }: Pick<Renderer, 'texts'>): MailPage['facts'] {
  return ['client', 'address'].flatMap((key) => {
    const value = values[key];
    return value === undefined
      ? []
      : [{ label: texts.text(locale, `mail.fact.${key}`), value: String(oneLine(value)) }];
  });
}

/** Names come from people and imports: one must not look like another line of the mail. */
function oneLine(value: string | number | boolean): string | number {
  return typeof value === 'number' ? value : String(value).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
