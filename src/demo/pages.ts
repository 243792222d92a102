import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta/core';
import type { OutboxMail } from '../delivery/mail/outbox.ts';
import type { OutboxMessage } from '../delivery/sms/outbox.ts';
import { acrRank, isAcr } from '../domain/acr.ts';
import { type Locale, locales } from '../domain/locale.ts';
import { createTexts, type TextValues } from '../web/texts.ts';
import { templates } from '../web/views.ts';
import type { DemoAccount } from './accounts.ts';
import type { SignedIn } from './provider.ts';
import type { Problem } from './visits.ts';

/** What a page of the demo application shows. */
export interface DemoPage {
  readonly locale: Locale;
  /** Address of the provider. */
  readonly issuer: string;
  /** The page itself, for switching the language. */
  readonly path: string;
  readonly notice?: 'ended-elsewhere' | 'signed-out' | 'refreshed';
  /** With the code that is right now, where they have one, and until when, in milliseconds since the Unix epoch. */
  readonly accounts?: readonly (DemoAccount & { readonly code?: string; readonly until?: number })[];
  /** The code of a key that the person typed, for who has no authenticator app; without a code, the key was none. */
  readonly typed?: { readonly key: string; readonly code?: string; readonly until?: number };
  /** Text messages that went nowhere, the latest first; absent where they cannot be seen from here. */
  readonly messages?: readonly OutboxMessage[];
  /** The same of mails. */
  readonly mails?: readonly OutboxMail[];
  readonly signedIn?: SignedIn;
  readonly problem?: Problem;
}

export interface Pages {
  render(view: 'start' | 'signed-in' | 'accounts' | 'messages', page: DemoPage): string;
  /** A style sheet or script by its file name. */
  asset(name: string): { readonly type: string; readonly body: string } | undefined;
}

/** Reads and compiles everything once. */
export function createPages(): Pages {
  const directory = dirname(fileURLToPath(import.meta.resolve('#root/src/demo/site/texts/en.json')));
  const root = join(directory, '..');
  const texts = createTexts([root]);
  const eta = new Eta({ autoTrim: [false, 'nl'] });
  for (const { name, file } of templates(join(root, 'pages'))) eta.loadTemplate(`@${name}`, readFileSync(file, 'utf8'));
  const assets = new Map(
    ['demo.css', 'codes.js', 'messages.js', 'mark.svg'].map((name) => [
      name,
      readFileSync(join(root, 'assets', name), 'utf8'),
    ]),
  );

  return {
    render: (view, page) => {
      const t = (key: string, values?: TextValues) => texts.text(page.locale, key, values);
      return eta.render(`@${view}`, { ...page, ...wordsFor(page.locale), t, has: texts.has, locales });
    },
    asset: (name) => {
      const body = assets.get(name);
      return body === undefined ? undefined : { type: extname(name), body };
    },
  };
}

/** What templates need to put claims into words. */
function wordsFor(locale: Locale) {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const list = new Intl.ListFormat(locale);
  return {
    moment: (seconds: number) => moment.format(seconds * 1000),
    clock: (milliseconds: number) => clock.format(milliseconds),
    iso: (milliseconds: number) => new Date(milliseconds).toISOString(),
    list: (items: readonly string[]) => list.format(items),
    /** 0 for a password alone, 1 for two factors, 2 for what withstands phishing; -1 for what this application does not know. */
    level: (acr: unknown) => (isAcr(acr) ? acrRank(acr) : -1),
    json: (value: unknown) => JSON.stringify(value, undefined, 2),
  };
}
