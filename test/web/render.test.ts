import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { locales } from '../../src/domain/locale.ts';
import { createAssets } from '../../src/web/assets.ts';
import type { Page, View } from '../../src/web/page.ts';
import { createRenderer, type RenderOptions } from '../../src/web/render.ts';
import { templates, viewsDirectory } from '../../src/web/views.ts';
import { FakeClock } from '../support/clock.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { SAMPLE_TIME, samples } from '../support/page-samples.ts';

const brand = { name: 'Kantoor De Vries' };

function renderer(options: Partial<RenderOptions> = {}) {
  const assets = createAssets({ brand: options.brand ?? brand });
  return createRenderer({ brand, assets, clock: new FakeClock(SAMPLE_TIME), timeZone: 'Europe/Amsterdam', ...options });
}

const { render, texts } = renderer();
const pages = locales.flatMap((locale) =>
  samples(locale).map(({ name, view, page }) => ({
    name: `${name} (${locale})`,
    view,
    page,
    html: render(view, page),
  })),
);

/** Puts markup into every string that is a value, not a name that the page is found by. */
function hostile(value: unknown, key = ''): unknown {
  const names = [
    'locale',
    'factor',
    'others',
    'between',
    'chosen',
    'refusal',
    'form',
    'format',
    'view',
    'languages',
    'asked',
    'place',
  ];
  if (names.includes(key)) return value;
  if (typeof value === 'string') return `"'><script>alert(1)</script>{{x}}${value}`;
  if (Array.isArray(value)) return value.map((item) => hostile(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hostile(inner, name)]));
}

describe('pages', () => {
  it('shows every view in the samples', () => {
    const shown = new Set<string>(pages.map(({ view }) => view));
    // What another view includes is shown with it.
    const all = templates(viewsDirectory()).map(({ name, file }) => ({ name, source: readFileSync(file, 'utf8') }));
    // Mails are shown with theirs.
    const parts = /^(?:components\/|mail\/|layout$)|\/(?:icon|alongside)$/;
    const isPart = (name: string) => parts.test(name) || all.some(({ source }) => source.includes(`'@${name}'`));
    const views = all.flatMap(({ name }) => (isPart(name) ? [] : [name]));
    expect(views.filter((view) => !shown.has(view))).to.deep.equal([]);
  });

  for (const { name, html } of pages) {
    it(`renders ${name}`, () => {
      expect(html, 'starts with the doctype').to.match(/^<!doctype html>/);
      expect(html.match(/<h1/g), 'one h1').to.have.length(1);
      // The description of the API speaks of null itself.
      const spoken = html.replace(/<pre[\s\S]*?<\/pre>|<td lang="en">.*?<\/td>/g, '');
      expect(name.startsWith('api') ? spoken : html).to.not.match(/undefined|null|\[object|NaN|{{/);
      expect(html, 'inline styles or scripts').to.not.match(
        /<style|style="|<script(?! (?:type="module"|defer) src=)|\son\w+="/,
      );
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, 'ids are unique').to.equal(ids.length);
      for (const [, target] of html.matchAll(/(?:for|aria-describedby|form|href)="#?([\w-]+)"/g)) {
        expect(ids.concat('op.logoutForm'), target).to.include(target);
      }
      for (const [form] of html.matchAll(/<form method="post">[\s\S]*?<\/form>/g))
        expect(form).to.contain('name="step"');
    });
  }

  it('escapes every value', () => {
    for (const { name, view, page } of pages) {
      const html = render(view, hostile(page) as Page);
      expect(html, name).to.not.contain('<script>');
      expect(html, name).to.not.contain(`"'>`);
    }
  });

  it('escapes the words of the deployment', () => {
    const own = renderer({
      brand: { name: '<i>Site</i>', links: { help: 'https://help.example/?a="><i>' } },
      texts: { en: { 'factor.password.identify.title': '<i>Log in</i>' } },
    });
    for (const { view, page } of samples('en')) expect(own.render(view, page)).to.not.contain('<i>');
  });

  it('shows no key in place of a text', () => {
    const keyed = /\b(?:common|factor|problem|field|failure|wizard|interaction)\.[a-z-]+\.?[a-z-]*\b/;
    for (const { name, html } of pages) expect(html.replace(/<[^>]*>/g, ' '), name).to.not.match(keyed);
  });

  it('marks an error in the title, the summary and the field', () => {
    const html = page('factors/totp/prove', { factor: 'totp', problem: { code: 'wrong' }, triesLeft: 1 });
    expect(html).to.contain('<title>Error: Enter the code from your app – Kantoor De Vries</title>');
    expect(html).to.match(/role="alert"[\s\S]*<a href="#code">That code is not right/);
    expect(html).to.contain('1 try left');
    expect(html).to.match(/id="code"[^>]* aria-describedby="code-hint code-error" aria-invalid="true"/);
  });

  it('does not call a stale tab an error', () => {
    const html = page('factors/totp/prove', { problem: { code: 'stale' } });
    expect(html).to.contain('<title>Enter the code');
    expect(html).to.not.contain('aria-invalid');
  });

  it('has words for a problem it does not know', () => {
    const html = page('factors/totp/prove', { problem: { code: 'brand-new' } });
    expect(html).to.contain(texts.text('en', 'problem.unknown'));
  });

  it('lets password managers and phones fill fields in', () => {
    const identify = page('factors/password/identify', { show: { askOffice: false } });
    expect(identify).to.match(/name="username"[^>]*autocomplete="username"/);
    expect(identify).to.match(/name="password"[^>]*type="password"[^>]*autocomplete="current-password"/);
    expect(identify).to.not.contain('name="office"');
    expect(page('factors/totp/prove')).to.match(/name="code"[^>]*autocomplete="one-time-code" inputmode="numeric"/);
  });

  it('never shows a password or a code again', () => {
    const html = page('factors/password/identify', { remembered: { username: 'jo' }, show: {} });
    expect(html).to.match(/name="username"[^>]* value="jo"/);
    expect(html).to.not.match(/name="password"[^>]* value=/);
  });

  it('leaves out links that lead nowhere', () => {
    const without = page('factors/password/identify', { show: {}, links: {}, cancel: false });
    expect(without).to.not.contain(texts.text('en', 'cannot-sign-in.title'));
    expect(without).to.not.contain('value="cancel"');
  });

  it('does not have a screen reader count seconds', () => {
    const show = { number: '+31 6 •••• ••78', ending: '78', resendAt: SAMPLE_TIME };
    const problem = { code: 'refused', detail: 'too-soon', values: { seconds: 18 } } as const;
    expect(page('factors/sms/prove', { factor: 'sms', show, problem })).to.include('aria-live="off" data-wait="18"');
  });

  it('tells of seconds until the next message, but not who has to wait an hour for it', () => {
    const show = { number: '+31 6 •••• ••78', ending: '78', resendAt: SAMPLE_TIME + 25_000 };
    const problem = { code: 'undelivered', detail: 'undelivered-limited' };
    expect(page('factors/sms/prove', { factor: 'sms', show })).to.include('data-wait="25"');
    expect(page('factors/sms/prove', { factor: 'sms', show, problem })).to.not.include('data-wait');
  });

  it('moves on by itself, and by a link', () => {
    const html = page('interaction/finish', { leadsTo: '/auth/abc?x=1&y=2' });
    expect(html).to.contain('content="0;url=/auth/abc?x=1&amp;y=2"');
    expect(html).to.contain('href="/auth/abc?x=1&amp;y=2"');
  });

  it('writes times in the configured zone', () => {
    expect(page('interaction/locked', { until: SAMPLE_TIME })).to.contain(
      '<time datetime="2031-05-12T12:20:00.000Z" data-local>14:20</time>',
    );
  });

  it('prints site, account and date with the codes', () => {
    const html = page('factors/recovery-code/enrol', { show: { codes: ['1234 5678'] } });
    expect(html).to.contain('Recovery code for Kantoor De Vries\nAccount: jo\nDate: 12 May 2031\n\n1234 5678\n');
  });

  it('finds the views, icon and texts of a new factor by its name', async () => {
    const directory = await temporaryDirectory();
    for (const folder of ['factors/pigeon', 'texts']) mkdirSync(join(directory.path, folder), { recursive: true });
    writeFileSync(
      join(directory.path, 'factors/pigeon/prove.eta'),
      "<% layout('@layout', { title: it.t('factor.pigeon.label') }) %><h1><%= it.show.loft %></h1>",
    );
    writeFileSync(join(directory.path, 'factors/pigeon/icon.eta'), '<path d="M1 2"/>');
    for (const locale of locales) {
      const pigeon = { label: 'Pigeon', needs: 'A loft', 'in-sentence': 'your pigeon' };
      writeFileSync(join(directory.path, `texts/${locale}.json`), JSON.stringify({ factor: { pigeon } }));
    }
    const own = renderer({ views: [directory.path] });
    const base: Page = { locale: 'en', step: 'x' };
    const choose = own.render('interaction/choose', { ...base, between: ['pigeon', 'totp'], chosen: 'pigeon' });
    expect(choose).to.match(/<path d="M1 2"\/>[\s\S]*Pigeon[\s\S]*A loft[\s\S]*value="pigeon" checked/);
    const totp = own.render('factors/totp/prove', { ...base, show: { digits: 6 }, others: ['pigeon'] });
    expect(totp).to.contain('Use your pigeon');
    expect(own.render('factors/pigeon/prove', { ...base, show: { loft: 'North' } })).to.contain('<h1>North</h1>');
    await directory.remove();
  });

  it('refuses a view of a deployment that is no template, before it is shown', async () => {
    const directory = await temporaryDirectory();
    writeFileSync(join(directory.path, 'home.eta'), '<p><%= it.t(');
    expect(() => renderer({ views: [directory.path] })).to.throw('unclosed tag');
    await directory.remove();
  });

  it('refuses a view that does not exist', () => {
    expect(() => page('factors/none/prove')).to.throw('factors/none/prove');
  });
});

function page(view: View, fields: Partial<Page> = {}): string {
  return render(view, { locale: 'en', step: 'x', person: { username: 'jo' }, show: { digits: 6 }, ...fields });
}
