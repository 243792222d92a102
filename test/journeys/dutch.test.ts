import { expect } from 'chai';
import { MFA, SFA } from '../../src/domain/acr.ts';
import { appCode, wrongCode } from '../support/codes.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { PASSWORD } from '../support/seed.ts';

describe('in Dutch, on SQLite and memory', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('SQLite and memory', {
      lines: [{ type: 'account', organization: 'MOLEN', username: 'fien', password: PASSWORD }],
    });
  });
  after(() => journey.close());
  const bezoeker = () => journey.visitor({ locale: 'nl-NL' });

  it('the wizard, the next sign-in and a recovery code', async () => {
    const noor = await bezoeker();
    await noor.startSignIn();
    expect(await noor.heading()).to.equal('Inloggen');
    await noor.assertAccessible('nl');
    await noor.enterPassword('noor', 'DEVRIES', 'fout');
    expect(await noor.page.title()).to.match(/^Fout/);
    await noor.assertAccessible('nl');
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.assertAccessible('nl');
    await noor.go();
    await noor.assertAccessible('nl');
    await noor.setUpApp();
    expect(await noor.heading()).to.match(/herstelcodes/);
    await noor.assertAccessible('nl');
    const [code = ''] = await noor.keepCodes();
    await noor.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] });

    journey.idp.clock.advance(60_000);
    const again = await bezoeker();
    await again.startSignIn();
    await again.enterPassword('noor', 'DEVRIES');
    await again.enterCode(appCode(journey.idp.clock, noor.key));
    await again.arrive();

    const lost = await bezoeker();
    await lost.startSignIn();
    await lost.enterPassword('noor', 'DEVRIES');
    await lost.page.locator('summary', { hasText: 'Ik kan deze methode niet gebruiken' }).click();
    await lost.press('button[value=choose]');
    await lost.assertAccessible('nl');
    await lost.enterCode(code);
    await lost.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });

  it('a reset with a recovery code, from "Ik kan niet inloggen", and back through the wizard', async () => {
    const fien = await bezoeker();
    await fien.startSignIn();
    await fien.enterPassword('fien', 'MOLEN');
    await fien.arrive();
    await fien.startSignIn('?way=second-factor');
    await fien.go();
    await fien.setUpApp();
    const [code = ''] = await fien.keepCodes();
    await fien.arrive();

    const lost = await bezoeker();
    await lost.startSignIn();
    await lost.page.locator('a', { hasText: 'Ik kan niet inloggen' }).click();
    await lost.page.locator('h1', { hasText: 'Ik kan niet inloggen' }).waitFor();
    await lost.assertAccessible('nl');
    await lost.press('button[value=reset]');
    await lost.assertAccessible('nl');
    await lost.enterPassword('fien', 'MOLEN');
    expect(await lost.heading()).to.equal('Tweestapsverificatie opnieuw instellen');
    await lost.assertAccessible('nl');
    await lost.enterCode(`${code.slice(0, 4)}-${code.slice(4)}`);
    expect(await lost.page.locator('[role=status]').textContent()).to.contain('verwijderd');
    await lost.assertAccessible('nl');

    const thief = await bezoeker();
    await thief.startSignIn();
    await thief.enterPassword('fien', 'MOLEN');
    expect(await thief.heading()).to.equal('Je hebt eerst toestemming nodig');
    await thief.assertAccessible('nl');

    await lost.enterPassword('fien', 'MOLEN');
    expect(await lost.heading(), 'although this office asks nobody').to.equal('Voortaan één stap extra');
    await lost.go();
    await lost.setUpApp();
    await lost.keepCodes();
    await lost.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });

  it('the step-up of a password session', async () => {
    const mila = await bezoeker();
    await mila.startSignIn();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.arrive();
    expect(journey.rp.last().claims).to.include({ acr: SFA });
    await mila.startSignIn('?way=second-factor');
    expect(await mila.heading()).to.equal('Voortaan één stap extra');
    await mila.go();
    await mila.setUpApp();
    await mila.keepCodes();
    await mila.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });

  it('the block, which outlives a restart', async () => {
    const teun = await bezoeker();
    await teun.startSignIn();
    await teun.enterPassword('teun', 'DEVRIES');
    for (let tries = 0; tries < 3; tries++) await teun.enterCode(wrongCode(journey.idp.clock));
    expect(await teun.heading()).to.match(/geblokkeerd|dicht/i);
    await teun.assertAccessible('nl');
    await journey.idp.restart();
    const again = await bezoeker();
    await again.startSignIn();
    await again.enterPassword('teun', 'DEVRIES');
    expect(await again.heading()).to.match(/geblokkeerd|dicht/i);
  });

  it('a language picked on the page stays picked', async () => {
    const visitor = await bezoeker();
    await visitor.startSignIn();
    await visitor.page.locator('a[hreflang=en]').click();
    await visitor.page.locator('html[lang=en]').waitFor();
    await visitor.startSignIn('?way=again');
    expect(await visitor.heading()).to.equal('Sign in');
  });
});
