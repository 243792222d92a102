import { expect } from 'chai';
import { MFA, SFA } from '../../src/domain/acr.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { PASSWORD } from '../support/seed.ts';

describe('asking for more, and for somebody else', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', {
      lines: [{ type: 'account', organization: 'MOLEN', username: 'saar', password: PASSWORD }],
    });
  });
  after(() => journey.close());

  it('steps a password session up to a second factor, without asking for the password again', async () => {
    const mila = await journey.visitor();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.arrive();
    const before = journey.rp.last().claims;
    expect(before).to.deep.include({ acr: SFA, amr: ['pwd'] });

    await mila.startSignIn('?way=second-factor');
    expect(await mila.page.locator('input[name=password]').count()).to.equal(0);
    await mila.go();
    await mila.setUpApp();
    await mila.keepCodes();
    await mila.arrive();
    expect(journey.rp.last().claims).to.deep.include({
      acr: MFA,
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: before.auth_time,
    });

    await mila.startSignIn();
    await mila.arrive();
    expect(journey.rp.last().claims, 'asked for nothing: the highest').to.include({ acr: MFA });
  });

  it('asks for everything again when the application wants it fresh', async () => {
    const bram = await journey.visitor();
    await bram.startSignIn();
    await bram.enterPassword('bram', 'MOLEN');
    await bram.enterCode(appCode(journey.idp.clock));
    await bram.keepCodes();
    await bram.arrive();
    journey.idp.clock.advance(60_000);
    await bram.startSignIn('?way=again');
    await bram.enterPassword('bram', 'MOLEN');
    await bram.enterCode(appCode(journey.idp.clock));
    await bram.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });

  it('keeps two offices apart: one asks for a second factor, the other does not', async () => {
    const mila = await journey.visitor();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'DEVRIES');
    expect(await mila.page.locator('[role=alert]').count(), 'her office is another').to.equal(1);
    const noor = await journey.visitor();
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    expect(await noor.heading()).to.match(/one more step/i);
    await noor.page.locator('button[value=restart]').click();
    await noor.page.locator('input[name=username]').waitFor();
  });

  it('gives up on request, and the application is told', async () => {
    const mila = await journey.visitor();
    await mila.startSignIn();
    await mila.page.locator('button[value=cancel]').click();
    await mila.page.waitForURL((url) => url.origin === journey.rp.url);
    expect(await mila.page.locator('main').textContent()).to.match(/access_denied|cancel|not signed in/i);
  });

  it('signs out here and at the application', async () => {
    const saar = await journey.visitor();
    await saar.startSignIn();
    await saar.enterPassword('saar', 'MOLEN');
    await saar.arrive();
    await saar.page.locator('form[action*="sign-out"] button').click();
    await saar.page.waitForURL(/session\/end/);
    await saar.assertAccessible();
    await saar.page.locator('button[value=yes]').click();
    await saar.page.waitForURL(/signed-out/);
    await saar.startSignIn();
    expect(await saar.page.locator('input[name=password]').count(), 'the session is over').to.equal(1);
  });
});

describe('an application of somebody else', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', {
      client: { firstParty: false, description: { en: 'Keeps your invoices.' }, organizations: ['MOLEN'] },
    });
  });
  after(() => journey.close());

  it('is agreed to once, or refused', async () => {
    const mila = await journey.visitor();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    expect(await mila.page.locator('main').textContent()).to.include('Keeps your invoices.');
    await mila.assertAccessible();
    await mila.go();
    await mila.arrive();
    await mila.startSignIn();
    await mila.arrive();

    const again = await journey.visitor();
    await again.startSignIn();
    await again.enterPassword('mila', 'MOLEN');
    await again.page.locator('button[value=cancel]').click();
    await again.page.waitForURL((url) => url.origin === journey.rp.url);
  });

  it('is closed to people of another office, who are told so', async () => {
    const teun = await journey.visitor();
    await teun.startSignIn();
    await teun.enterPassword('teun', 'DEVRIES');
    expect(await teun.page.locator('input[name=code]').count()).to.equal(0);
    await teun.assertAccessible();
    await teun.page.locator('button[value=cancel]').first().click();
    await teun.page.waitForURL((url) => url.origin === journey.rp.url);
  });
});
