import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { startRelyingParty } from '../support/relying-party.ts';
import { TOTP_KEY } from '../support/seed.ts';
import { signInToConsole, staff } from '../support/staff.ts';

const HOUR = 3_600_000;

const told = async ({ page }: Visitor) => ((await page.locator('.summary').first().textContent()) ?? '').trim();
const path = ({ page }: Visitor) => new URL(page.url()).pathname;

describe('the console', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { lines: staff });
  });
  after(() => journey.close());

  it('lets an administrator configure an application from nothing, which people then sign in to', async () => {
    const ada = await journey.visitor();
    await signInToConsole(journey, ada, 'ada', '/clients/new?kind=web');
    await ada.assertAccessible();
    const { page } = ada;
    await page.locator('#name').fill('Planner');
    await page.locator('#clientId').fill('planner');
    await page.locator('#redirect_uris').fill('http://planner.example/back#top');
    expect(await page.locator('#redirect_uris-check').textContent(), 'at once').to.contain('#');
    await ada.press('form.form button.go');
    expect(await told(ada)).to.contain('Redirect URIs');
    expect(await page.locator('#name').inputValue(), 'nothing is lost').to.equal('Planner');

    const planner = await startRelyingParty({
      issuer: journey.idp.issuer,
      clientId: 'planner',
      clientSecret: 'not known yet',
      clock: journey.idp.clock,
    });
    const [redirect] = [planner.metadata.redirect_uris].flat();
    await planner.close();
    await page.locator('#redirect_uris').fill(String(redirect));
    await ada.press('form.form button.go');
    await ada.assertAccessible();
    const secret = ((await page.locator('.handed .big').textContent()) ?? '').trim();
    expect(secret).to.match(/^[\w-]{43}$/);
    await page.goto(`${journey.idp.issuer}/admin/clients/planner`);
    expect(await page.locator('.handed').count(), 'the secret is shown once').to.equal(0);

    // Tried before the application is there, by somebody else than who is at the console.
    await page.locator('#scopes').fill('profile organization');
    await ada.press('#test button');
    await ada.enterPassword('mila', 'MOLEN');
    await ada.page.locator('.claims').waitFor();
    await ada.assertAccessible();
    expect(path(ada)).to.equal('/admin/test-sign-in');
    expect(await page.locator('.claims').textContent())
      .to.contain('Mila Smit')
      .and.to.contain('planner');
    expect(await page.locator('pre.whole').textContent()).to.match(/^ey[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await page.locator('.bar-who').textContent()).to.contain('Ada Beheer');
    await ada.press('main .row a.second');
    expect(path(ada)).to.equal('/admin/clients/planner');

    const { port } = new URL(String(redirect));
    const application = await startRelyingParty({
      issuer: journey.idp.issuer,
      clientId: 'planner',
      clientSecret: secret,
      clock: journey.idp.clock,
      port: Number(port),
    });
    try {
      const mila = await journey.visitor();
      await mila.page.goto(`${application.url}/sign-in`);
      await mila.enterPassword('mila', 'MOLEN');
      await mila.page.waitForURL((url) => url.origin === application.url && !url.pathname.startsWith('/callback'));
      expect(application.last().claims).to.include({ org_code: 'MOLEN' });
    } finally {
      await application.close();
    }
  });

  it('lets a superuser demand a second factor of everybody, who then choose a method', async () => {
    const sara = await journey.visitor();
    await signInToConsole(journey, sara, 'sara', '/organizations');
    await sara.press('tbody a');
    await sara.assertAccessible();
    expect(await sara.page.locator('#code').count(), 'what administrators decide').to.equal(0);
    await sara.page.locator('input[name=secondFactorRequired][value=yes]').check();
    await sara.press('form.form > button.go');
    await sara.assertAccessible();
    expect(await sara.page.locator('.asked p').first().textContent()).to.match(/^\d+ of \d+ people|^One of/);
    await sara.press('.asked button.go');
    expect(await told(sara)).to.equal('It has been saved.');
    // Every process knows within a second.
    journey.idp.clock.advance(1_000);

    const mila = await journey.visitor();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.go();
    await mila.setUpApp();
    await mila.keepCodes();
    await mila.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });

  it('shows an accountant people and their numbers, and takes nothing else from them', async () => {
    const carl = await journey.visitor();
    await signInToConsole(journey, carl, 'carl', '/people?q=mila');
    await carl.press('tbody a');
    await carl.assertAccessible();
    expect(await carl.page.locator('#phone').count()).to.equal(1);
    expect(await carl.page.locator('form.form').count(), 'no details to edit').to.equal(0);
    const place = path(carl);
    const bound = await carl.page.locator('input[name=bound]').first().inputValue();
    // A superuser's form, posted by an accountant.
    const posted = await carl.page.evaluate(
      async ([to, value]) => {
        const body = new URLSearchParams({ bound: value ?? '', act: 'reset-factors' });
        const { status } = await fetch(to ?? '', { method: 'POST', body, redirect: 'manual' });
        return status;
      },
      [`${place}/help`, bound],
    );
    expect(posted).to.equal(422);
    await carl.page.goto(`${journey.idp.issuer}/admin/clients`);
    expect(await carl.heading()).to.equal('This page is not for you');
  });

  it('has nothing for who has no role', async () => {
    const bram = await journey.visitor();
    await bram.page.goto(`${journey.idp.issuer}/admin`);
    await bram.enterPassword('bram', 'MOLEN');
    await bram.enterCode(appCode(journey.idp.clock, TOTP_KEY));
    await bram.keepCodes();
    expect(await bram.heading()).to.equal('This page is not for you');
  });

  it('loses nothing that was typed when the proof is too old, or somebody else was faster', async () => {
    journey.idp.clock.advance(HOUR / 2);
    const ada = await journey.visitor();
    await signInToConsole(journey, ada, 'ada', '/people?q=carl');
    await ada.press('tbody a');
    const other = await ada.page.context().newPage();
    await other.goto(ada.page.url());
    await other.locator('#name').fill('Carl de Vries');
    await Promise.all([other.waitForNavigation(), other.locator('form.form button.go').click()]);

    await ada.page.locator('#groups').fill('bookkeeping');
    await ada.press('form.form button.go');
    expect(await told(ada)).to.contain('Somebody else changed this');
    expect(await ada.page.locator('#name-now').textContent()).to.contain('Carl de Vries');
    expect(await ada.page.locator('#groups').inputValue()).to.equal('bookkeeping');

    journey.idp.clock.advance(HOUR * 1.5);
    await ada.press('form.form button.go');
    expect(await told(ada)).to.contain('nothing you typed is lost');
    expect(await ada.page.locator('#groups').inputValue()).to.equal('bookkeeping');
    await ada.assertAccessible();
  });
});

describe('the console in Dutch, on embedded stores', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('SQLite and memory', { lines: staff });
  });
  after(() => journey.close());

  it('lets a superuser give somebody who lost their phone a code, with which they set up a new one', async () => {
    const sara = await journey.visitor({ locale: 'nl', viewport: { width: 320, height: 800 } });
    await signInToConsole(journey, sara, 'sara', '/people?q=bram');
    await sara.assertAccessible('nl');
    await sara.press('tbody a');
    await sara.page.locator('summary', { hasText: 'opnieuw laten instellen' }).click();
    await sara.press('button[value=reset-factors]');
    await sara.assertAccessible('nl');
    const code = ((await sara.page.locator('.handed .big').textContent()) ?? '').trim();
    expect(code).to.match(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);

    const bram = await journey.visitor({ locale: 'nl' });
    await bram.startSignIn();
    await bram.enterPassword('bram', 'MOLEN');
    await bram.page.locator('input[name=permit]').fill(code);
    await bram.go();
    await bram.go();
    await bram.setUpApp();
    await bram.keepCodes();
    await bram.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });
});
