import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Clock } from '../../src/domain/clock.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { sharedBrowser } from './browser.ts';
import { appCode } from './codes.ts';
import {
  type IdentityProviderOptions,
  type RunningIdentityProvider,
  startIdentityProvider,
} from './identity-provider.ts';
import { type RunningRelyingParty, startRelyingParty } from './relying-party.ts';
import { CLIENT_SECRET, offices, PASSWORD, people } from './seed.ts';
import type { Pair } from './world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A real Sluis, a real application that signs in with it, and a real browser. */
export interface Journey {
  readonly idp: RunningIdentityProvider;
  readonly rp: RunningRelyingParty;
  /** A person with a browser of their own: no cookies yet. */
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface JourneyOptions extends IdentityProviderOptions {
  /** More of the client that the application is registered as. */
  readonly client?: object;
}

export async function openJourney(
  pair: Pair,
  { client = {}, lines = [], ...options }: JourneyOptions = {},
): Promise<Journey> {
  const idp = await startIdentityProvider(pair, options);
  const rp = await startRelyingParty({
    issuer: idp.issuer,
    clientId: 'web',
    clientSecret: CLIENT_SECRET,
    clock: idp.clock,
  });
  const web = {
    type: 'client',
    id: 'web',
    name: 'Invoices',
    secret: CLIENT_SECRET,
    firstParty: true,
    metadata: rp.metadata,
  };
  await idp.add([...offices, ...people, { ...web, ...client }, ...lines]);
  const contexts: BrowserContext[] = [];
  return {
    idp,
    rp,
    async visitor(contextOptions = {}) {
      const browser = await sharedBrowser();
      const context = await browser.newContext({ locale: 'en', ...contextOptions });
      contexts.push(context);
      return new Visitor(await context.newPage(), idp, rp);
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await rp.close();
      await idp.close();
    },
  };
}

/** What a person does, in words. Each verb waits for the page that follows. */
export class Visitor {
  readonly page: Page;
  readonly #idp: { readonly clock: Clock };
  readonly #rp: RunningRelyingParty;
  /** The key that the wizard showed, to make codes with. */
  key: string | undefined;

  constructor(page: Page, idp: { readonly clock: Clock }, rp: RunningRelyingParty) {
    this.page = page;
    this.#idp = idp;
    this.#rp = rp;
    page.setDefaultTimeout(60_000);
  }

  /** From the application to the first page of Sluis. @param query as the application's own link takes it */
  async startSignIn(query = ''): Promise<void> {
    await this.page.goto(`${this.#rp.url}/sign-in${query}`);
  }

  async enterPassword(username: string, office: string, password = PASSWORD): Promise<void> {
    await this.page.locator('input[name=username]').fill(username);
    await this.page.locator('input[name=password]').fill(password);
    await this.page.locator('input[name=office]').fill(office);
    await this.go();
  }

  /** Presses the one button that leads on. */
  async go(): Promise<void> {
    await this.press('main button.go');
  }

  /** Presses a button, and lets a page that moves on by itself do so. */
  async press(selector: string): Promise<void> {
    const { page } = this;
    await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
    await page.locator('html:not(:has(meta[http-equiv=refresh])) main').waitFor();
    // Of that page, too: what stands on it is looked at without waiting.
    await page.waitForLoadState();
  }

  async enterCode(code: string): Promise<void> {
    await this.page.locator('input[name=code]').fill(code);
    await this.go();
  }

  /** Reads the key off the set-up page and enters what an app would show. */
  async setUpApp(): Promise<void> {
    this.key = ((await this.page.locator('[data-key], .key').first().textContent()) ?? '').replace(/\s+/g, '');
    await this.enterCode(appCode(this.#idp.clock, this.key));
  }

  /** Ticks that the codes are kept, and goes on. @returns the codes */
  async keepCodes(): Promise<string[]> {
    const codes = await this.page.locator('.codes li').allTextContents();
    await this.page.locator('input[name=kept]').check();
    await this.go();
    return codes.map((code) => code.replace(/\D/g, ''));
  }

  /** The heading of the page. */
  async heading(): Promise<string> {
    return ((await this.page.locator('h1').textContent()) ?? '').trim();
  }

  /** Waits until the application shows who signed in. */
  async arrive(): Promise<void> {
    const there = (url: URL) => url.origin === this.#rp.url && !url.pathname.startsWith('/callback');
    await this.page.waitForURL(there, { waitUntil: 'domcontentloaded' });
  }

  /** No violation of WCAG 2.2 AA that axe can find, and nothing that has to be scrolled sideways. */
  async assertAccessible(locale: Locale = 'en'): Promise<void> {
    const { page } = this;
    expect(await page.locator('html').getAttribute('lang'), 'language').to.equal(locale);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow, `${await page.title()} scrolls sideways`).to.equal(0);
    const frame = await page.evaluate<string>(FRAME);
    if (accessible.has(frame)) return;
    expect(await violationsOn(page), await page.title()).to.deep.equal([]);
    accessible.add(frame);
  }
}

/** The frames of pages on which axe found nothing. It takes longer than a whole sign-in, and many journeys lead over the same pages. */
const accessible = new Set<string>();

/** A page without its words: what axe judges it by. */
const FRAME = `JSON.stringify([innerWidth, document.documentElement.lang, [...document.querySelectorAll('*')].map((element) => [
  element.tagName,
  element.childNodes.length,
  ...[...element.attributes].map(({ name, value }) => (/^(id|class|for|role|type|aria-.*|autocomplete)$/.test(name) ? name + value : name)),
])])`;

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> = Reflect.get(
      globalThis,
      'axe',
    ).run;
    const found = await run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      preload: false,
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
