import { expect } from 'chai';
import { openAccount, signInToAccount } from '../support/account-page.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney } from '../support/journey.ts';

describe("the person's own page", function () {
  this.timeout(60_000);

  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis');
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
