import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { createAssets } from '../../src/web/assets.ts';
import { createRenderer } from '../../src/web/render.ts';
import { pagePolicy } from '../../src/web/security.ts';
import { sharedBrowser } from './browser.ts';
import { FakeClock } from './clock.ts';
import { SAMPLE_TIME, type Sample, samples } from './page-samples.ts';

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** How a page is looked at. */
export interface Look {
  readonly name: string;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  /** What axe looks at; everything where it is absent. A page is built the same in every look: colours and measures alone differ. */
  readonly rules?: readonly string[];
}

export const looks: readonly Look[] = [
  { name: 'light', width: 720, scheme: 'light' },
  { name: 'dark', width: 720, scheme: 'dark', rules: ['color-contrast'] },
  { name: 'narrow', width: 320, scheme: 'light', rules: ['scrollable-region-focusable'] },
];

/** What to show, and how. */
export interface Exhibition {
  readonly samples: readonly Sample[];
  /** Where screenshots go; none are made without it. */
  readonly directory?: string;
}

export interface Gallery {
  /**
   * Shows one sample in every look, for what people with a screen reader, a small screen or a strict browser would stumble over.
   * @returns a line for each fault, with the look that has it
   */
  look(sample: Sample): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Shows samples in a real browser, under the policy that pages are served with. */
export async function openGallery({ samples: all, directory }: Exhibition): Promise<Gallery> {
  const brand = { name: 'Kantoor De Vries' };
  const assets = createAssets({ brand });
  const renderer = createRenderer({ brand, assets, clock: new FakeClock(SAMPLE_TIME), timeZone: 'Europe/Amsterdam' });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = assets.answer({ path: pathname });
    const sample = all.find(({ name }) => pathname === `/${name}`);
    if (file !== undefined) response.writeHead(file.status, file.headers).end(file.body);
    else if (sample === undefined) response.writeHead(404).end();
    else {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': pagePolicy });
      // Who moves on at once cannot be looked at.
      response.end(renderer.render(sample.view, sample.page).replace(/<meta http-equiv="refresh"[^>]*>/, ''));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const browser = await sharedBrowser();
  const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'Europe/Amsterdam' });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`script: ${error.message}`));
  return {
    async look({ name }) {
      const found: string[] = [];
      await page.goto(`http://127.0.0.1:${port}/${name}`, { waitUntil: 'load' });
      // Not by a script tag: the policy would refuse it, as it should.
      await page.evaluate(axe);
      for (const look of looks) {
        await page.setViewportSize({ width: look.width, height: 800 });
        await page.emulateMedia({ colorScheme: look.scheme });
        if (directory !== undefined) {
          await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = false');
          await page.screenshot({ path: `${directory}/${look.name}/${name}.png`, fullPage: true });
        }
        const faults = [...heard.splice(0), ...(await faultsOf(page, look))];
        found.push(...faults.map((fault) => `${look.name}: ${fault}`));
      }
      return found;
    },
    async close() {
      await context.close();
      server.close();
    },
  };
}

async function faultsOf(page: Page, { rules }: Look): Promise<string[]> {
  await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  const violations = await page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify({ preload: false, ...(rules && { runOnly: rules }) })}).then((result) => result.violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html, node.failureSummary].join(" "))))`,
  );
  return [...(wide ? ['scrolls sideways'] : []), ...violations];
}

// As a script: makes the screenshots to be looked at.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const directory = 'test/screenshots/pages';
  const locale = process.argv[2] === 'nl' ? 'nl' : 'en';
  for (const { name } of looks) mkdirSync(`${directory}/${name}`, { recursive: true });
  const all = samples(locale);
  const gallery = await openGallery({ samples: all, directory });
  let faulty = 0;
  for (const sample of all) {
    const faults = await gallery.look(sample);
    for (const fault of faults) process.stdout.write(`${sample.name} ${fault}\n`);
    faulty += faults.length;
  }
  process.exit(faulty === 0 ? 0 : 1);
}
