import { expect } from 'chai';
import { openAccount, signInToAccount } from '../support/account-page.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { PASSWORD } from '../support/seed.ts';

describe("the person's own page", () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', {
      parts: { mailer: { name: 'nowhere', send: async () => {} } },
    });
  });
  after(() => journey.close());

  it('is reached through the front door, with the second factor of who has one', async () => {
    const bram = await journey.visitor();
    await openAccount(journey, bram);
    expect(await bram.heading()).to.equal('Sign in');
    await bram.assertAccessible();
    await bram.enterPassword('bram', 'MOLEN');
    expect(await bram.heading()).to.equal('Enter the code from your app');
    await bram.enterCode(appCode(journey.idp.clock));
    await bram.keepCodes();
    expect(new URL(bram.page.url()).pathname).to.equal('/account');
    expect(await bram.heading()).to.equal('Your account');
    expect(await bram.page.locator('.facts').first().innerText()).to.include('Bram Mulder');
    await bram.assertAccessible();
  });

  it('lets in who is signed in already, and asks who has no second factor for none', async () => {
    const mila = await journey.visitor();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.arrive();
    await openAccount(journey, mila);
    expect(await mila.heading()).to.equal('Your account');
  });

  it('speaks the language that the person chooses, at once and in other browsers', async () => {
    const bram = await journey.visitor();
    journey.idp.clock.advance(30_000);
    await openAccount(journey, bram);
    await bram.enterPassword('bram', 'MOLEN');
    await bram.enterCode(appCode(journey.idp.clock));
    await bram.page.locator('input[name=locale][value=nl]').check();
    await bram.press('form[action$=language] button');
    expect(await bram.heading()).to.equal('Je account');
    expect(await bram.page.locator('[role=status]').innerText()).to.include('opgeslagen');
    await bram.assertAccessible('nl');

    journey.idp.clock.advance(30_000);
    const elsewhere = await journey.visitor();
    await openAccount(journey, elsewhere);
    await elsewhere.enterPassword('bram', 'MOLEN');
    await elsewhere.enterCode(appCode(journey.idp.clock));
    expect(await elsewhere.heading()).to.equal('Je account');
  });

  it('shows where somebody is signed in, and signs out everywhere else', async () => {
    const agents = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const lost = await journey.visitor(agents);
    journey.idp.clock.advance(60_000);
    await lost.startSignIn();
    await lost.enterPassword('bram', 'MOLEN');
    await lost.enterCode(appCode(journey.idp.clock));
    await lost.arrive();

    journey.idp.clock.advance(60_000);
    const bram = await journey.visitor();
    await bram.startSignIn();
    await bram.enterPassword('bram', 'MOLEN');
    await bram.enterCode(appCode(journey.idp.clock));
    await bram.arrive();
    await openAccount(journey, bram, 'sessions');
    const listed = await bram.page.locator('.things li').allInnerTexts();
    expect(listed[0]).to.match(/deze browser/);
    expect(listed.find((text) => text.includes('Firefox op Linux')))
      .to.include('Invoices')
      .and.include('127.0.0.1');
    await bram.assertAccessible('nl');

    // The proof is too old by now: nothing happens before there is another.
    journey.idp.clock.advance(6 * 60_000);
    await bram.press('.end-others button');
    await bram.enterCode(appCode(journey.idp.clock));
    expect(await bram.page.locator('.things li').count()).to.be.greaterThan(1);
    await bram.press('.end-others button');
    expect(await bram.page.locator('.things li').count()).to.equal(1);

    await openAccount(journey, lost);
    expect(await lost.page.locator('input[name=password]').count(), 'signed out').to.equal(1);
    await bram.startSignIn();
    await bram.arrive();
    await openAccount(journey, bram, 'activity');
    const told = await bram.page.locator('.things').innerText();
    expect(told).to.include('Ingelogd bij Invoices').and.include('Overal elders uitgelogd');
    await bram.assertAccessible('nl');
  });

  it('changes the password of who knows the one of before', async () => {
    const mila = await journey.visitor();
    await openAccount(journey, mila, 'password');
    await mila.enterPassword('mila', 'MOLEN');
    await mila.assertAccessible();
    const change = async (old: string, password: string) => {
      await mila.page.locator('input[name=old]').fill(old);
      await mila.page.locator('input[name=password]').fill(password);
      await mila.go();
    };
    await change('not it', 'mosterd lantaarn 47 vioolkist');
    expect(await mila.page.locator('[role=alert]').innerText()).to.include('That is not your password');
    await mila.assertAccessible();
    await change(PASSWORD, 'short');
    expect(await mila.page.locator('[role=alert] a').getAttribute('href')).to.equal('#password');
    await change(PASSWORD, 'mosterd lantaarn 47 vioolkist');
    expect(await mila.heading(), 'still signed in').to.equal('Your account');

    const elsewhere = await journey.visitor();
    await elsewhere.startSignIn();
    await elsewhere.enterPassword('mila', 'MOLEN');
    expect(await elsewhere.page.locator('[role=alert]').count()).to.equal(1);
    await elsewhere.enterPassword('mila', 'MOLEN', 'mosterd lantaarn 47 vioolkist');
    await elsewhere.arrive();
  });

  it('leaves who gives up outside, and does not ask again at once', async () => {
    const nobody = await journey.visitor();
    await openAccount(journey, nobody);
    await nobody.press('button[value=cancel]');
    expect(new URL(nobody.page.url()).pathname).to.equal('/');
  });

  it('is left by signing out', async () => {
    const teun = await journey.visitor();
    await signInToAccount(journey, teun, 'teun', 'DEVRIES');
    await teun.press('a[href$="/session/end"]');
    await teun.press('main button.go');
    await openAccount(journey, teun);
    expect(await teun.heading()).to.equal('Sign in');
  });
});
