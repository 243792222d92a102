import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import { appCode, wrongCode } from '../support/codes.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { ask } from './support/browser.ts';

describe('the content security policy, in Chromium', () => {
  let journey: Journey;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  /** What the browser refused, and what went wrong in a script. */
  let complaints: string[];
  let documents: Response[];
  let seen: Set<string>;

  before(async () => {
    directory = await temporaryDirectory();
    const logo = `${directory.path}/logo.svg`;
    writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>');
    const metadata = { redirect_uris: ['https://app.example/callback'], token_endpoint_auth_method: 'none' };
    journey = await openJourney('SQLite and memory', {
      settings: { brand: { name: 'De Vries', logo, colour: '#1f6f8b' } },
      lines: [
        { type: 'client', id: 'guest', name: 'Guest', metadata },
        { type: 'client', id: 'elsewhere', name: 'Elsewhere', firstParty: true, metadata, organizations: ['DEVRIES'] },
      ],
    });
  });
  after(async () => {
    await journey.close();
    await directory.remove();
  });
  beforeEach(() => {
    complaints = [];
    documents = [];
    seen = new Set();
    journey.idp.clock.advance(3_600_000);
  });

  /** Somebody whose browser tells everything that it is not happy with. */
  async function watched(): Promise<Visitor> {
    const visitor = await journey.visitor();
    const { page } = visitor;
    page.on('console', (message) => {
      // That a page was not found or not answered is what some of them are for.
      if (message.type() === 'error' && !/status of [45]\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A page that moved on no longer waits for its icon.
      if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      const isDocument = response.request().resourceType() === 'document';
      if (isDocument && response.url().startsWith(journey.idp.issuer)) documents.push(response);
    });
    return visitor;
  }

  /** Notes which page this is, once its scripts and styles are there. */
  async function at({ page }: Visitor): Promise<void> {
    await page.waitForLoadState('load');
    seen.add(`${new URL(page.url()).pathname.split('/')[1]} ${await page.locator('h1').textContent()}`);
    const background = await page.evaluate(
      'getComputedStyle(document.querySelector(".card") ?? document.body).display',
    );
    expect(background).to.not.equal('inline');
  }

  async function assertPolicies(least: number): Promise<void> {
    expect(complaints).to.deep.equal([]);
    expect([...seen].length, [...seen].join('; ')).to.be.at.least(least);
    for (const document of documents) {
      const headers = await document.allHeaders();
      const policy = headers['content-security-policy'] ?? '';
      const where = new URL(document.url()).pathname;
      expect(policy, where)
        .to.include("default-src 'none'")
        .and.include("frame-ancestors 'none'")
        .and.include("base-uri 'none'");
      expect(policy, where)
        .to.match(/script-src 'self'/)
        .and.not.match(/unsafe|\*/);
      expect(headers, where).to.include({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      expect(headers['referrer-policy'], where).to.equal('same-origin');
      expect(headers['cache-control'], where).to.include('no-store');
    }
  }

  it('is kept by every page of the wizard, with its pictures and scripts', async () => {
    const noor = await watched();
    await noor.startSignIn();
    await at(noor);
    await noor.page.locator('[data-reveal]').click();
    await noor.enterPassword('noor', 'DEVRIES', 'wrong');
    await at(noor);
    await noor.enterPassword('noor', 'DEVRIES');
    await at(noor);
    await noor.go();
    await at(noor);
    await noor.page.locator('[data-copy]').click();
    await noor.enterCode('12');
    await at(noor);
    await noor.setUpApp();
    await at(noor);
    await noor.keepCodes();
    await noor.arrive();
    await assertPolicies(4);
  });

  it('is kept by every way to prove it, by the block and by a pause', async () => {
    const teun = await watched();
    await teun.startSignIn();
    for (let tries = 0; tries < 4; tries += 1) await teun.enterPassword('somebody', 'DEVRIES', 'wrong');
    await at(teun);
    expect(await teun.page.locator('[data-wait]').count()).to.be.greaterThan(0);
    await teun.enterPassword('teun', 'DEVRIES');
    await at(teun);
    await teun.enterCode(appCode(journey.idp.clock));
    await at(teun);
    await teun.keepCodes();
    await teun.arrive();

    const again = await watched();
    await again.startSignIn();
    await again.enterPassword('teun', 'DEVRIES');
    await again.page.locator('summary', { hasText: /can't use this method/i }).click();
    await again.press('button[value=choose]');
    await at(again);
    for (let tries = 0; tries < 3; tries += 1) await again.enterCode(wrongCode(journey.idp.clock).padEnd(8, '0'));
    await at(again);
    await assertPolicies(5);
  });

  it('is kept by consent, refusal, sign-out and everything that is not found', async () => {
    const { issuer } = journey.idp;
    const mila = await watched();
    const { page } = mila;
    for (const path of [
      '/',
      '/cannot-sign-in',
      '/permit?token=nope',
      '/permit/given',
      '/nope',
      '/interaction/nope',
      '/auth?client_id=nobody',
      '/session/end/success',
    ]) {
      await page.goto(issuer + path);
      await at(mila);
    }
    await page.goto(authorization(issuer, { client_id: 'guest' }));
    await mila.enterPassword('mila', 'MOLEN');
    await at(mila);
    await page.goto(authorization(issuer, { client_id: 'elsewhere' }));
    await mila.enterPassword('mila', 'MOLEN');
    await at(mila);
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.arrive();
    await page.goto(`${issuer}/session/end?client_id=guest`);
    await at(mila);
    await mila.go();
    await at(mila);
    await assertPolicies(11);
  });

  it('lets a form of the library post to the application, and its script send it', async () => {
    const mila = await watched();
    const { page } = mila;
    const posted = intercept(page);
    await page.goto(authorization(journey.idp.issuer, { response_mode: 'form_post' }));
    await mila.enterPassword('mila', 'MOLEN');
    expect(await posted)
      .to.include('code=')
      .and.include('state=a-state');
    await assertPolicies(0);
  });

  it('lets who signs in as somebody else be signed out first', async () => {
    const mila = await watched();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.arrive();
    const { page } = mila;
    const posted = intercept(page);
    await page.goto(authorization(journey.idp.issuer, { prompt: 'login', response_mode: 'form_post' }));
    await mila.enterPassword('bram', 'MOLEN');
    await mila.enterCode(appCode(journey.idp.clock));
    await mila.keepCodes();
    expect(await posted).to.include('code=');
    await assertPolicies(0);
  });

  function authorization(issuer: string, more: Readonly<Record<string, string>>): string {
    const query = 'client_id' in more ? {} : { redirect_uri: `${journey.rp.url}/callback` };
    return `${issuer}/auth?${new URLSearchParams(ask({ ...query, ...more }).query)}`;
  }

  /** What a form brings to the application. */
  function intercept(page: Page): Promise<string> {
    return new Promise((resolve, reject) => {
      page
        .route(`${journey.rp.url}/callback`, async (route) => {
          resolve(route.request().postData() ?? '');
          await route.fulfill({ contentType: 'text/html', body: '<main>Thank you</main>' });
        })
        .catch(reject);
    });
  }
});
