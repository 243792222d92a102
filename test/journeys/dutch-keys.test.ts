import { expect } from 'chai';
import { PHR } from '../../src/domain/acr.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { VirtualKeys } from '../support/webauthn/virtual-key.ts';

describe('keys and passkeys in Dutch, on SQLite and memory', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('SQLite and memory', { settings: { methods: ['totp', 'security-key', 'passkey'] } });
  });
  after(() => journey.close());
  const bezoeker = () => journey.visitor({ locale: 'nl-NL' });

  it('two keys in the wizard, and the next sign-in with the second', async () => {
    const noor = await bezoeker();
    const keys = await VirtualKeys.of(noor.page);
    const first = await keys.plugIn({ protocol: 'u2f' });
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.page.locator('input[value=security-key]').check();
    await noor.assertAccessible('nl');
    await noor.go();
    expect(await noor.heading()).to.equal('Stel je beveiligingssleutel in');
    await noor.assertAccessible('nl');
    await noor.press('[data-start]');
    expect(await noor.page.locator('input[name=name]').inputValue()).to.equal('Beveiligingssleutel 1');
    await noor.assertAccessible('nl');
    await noor.press('button[name=again]');
    expect(await noor.heading()).to.equal('Stel nog een beveiligingssleutel in');
    await noor.page.locator('[data-start]').click();
    await noor.page.locator('[data-trouble]:not(:empty)').waitFor();
    expect(await noor.page.locator('[data-trouble]').textContent()).to.match(/al ingesteld/);
    await keys.takeOut(first);
    await keys.plugIn({ transport: 'nfc' });
    await noor.press('[data-start]');
    await noor.page.locator('input[name=name]').fill('Sleutelbos');
    await noor.go();
    await noor.assertAccessible('nl');
    await noor.keepCodes();
    await noor.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'mfa'] });

    await noor.startSignIn('?way=again');
    await noor.enterPassword('noor', 'DEVRIES');
    expect(await noor.heading()).to.equal('Gebruik je beveiligingssleutel');
    await noor.page.locator('summary', { hasText: 'Welke van mijn sleutels?' }).click();
    expect(await noor.page.locator('.tips li').allTextContents()).to.have.members([
      'Beveiligingssleutel 1, nog niet gebruikt',
      'Sleutelbos, nog niet gebruikt',
    ]);
    await noor.assertAccessible('nl');
    await noor.press('[data-start]');
    await noor.arrive();
    expect(journey.rp.last().claims).to.include({ acr: PHR });
  });

  it('a passkey in the place of the password', async () => {
    const mila = await bezoeker();
    await mila.page.addInitScript('delete PublicKeyCredential.isConditionalMediationAvailable');
    const keys = await VirtualKeys.of(mila.page);
    await keys.plugIn({ transport: 'internal', resident: true, verifies: true });
    await mila.startSignIn();
    await mila.page.locator('input[name=can][value=passkey]').waitFor({ state: 'attached' });
    await mila.assertAccessible('nl');
    await mila.enterPassword('mila', 'MOLEN');
    expect(await mila.heading()).to.equal('Voortaan inloggen zonder wachtwoord?');
    await mila.assertAccessible('nl');
    await mila.go();
    await mila.assertAccessible('nl');
    await mila.press('[data-start]');
    await mila.keepCodes();
    await mila.arrive();
    await mila.startSignIn('?way=again');
    await mila.press('#use-passkey');
    await mila.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['hwk', 'user', 'mfa'] });
  });
});
