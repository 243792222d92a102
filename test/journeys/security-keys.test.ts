import { expect } from 'chai';
import { factorsFor } from '../../src/assembly/factors.ts';
import { openDatabase } from '../../src/assembly/stores.ts';
import { MFA, PHR } from '../../src/domain/acr.ts';
import { epochOf } from '../../src/domain/login.ts';
import { createOwnFactors, type OwnFactors } from '../../src/flows/own-factors/index.ts';
import type { Owning } from '../../src/flows/own-factors/outcome.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { VirtualKeys } from '../support/webauthn/virtual-key.ts';
import { testConfig } from '../support/world.ts';

const settings = { methods: ['totp', 'security-key'] };

/** Presses the button that asks for the key, and waits for what the server says. */
const useKey = (visitor: Visitor) => visitor.press('[data-start]');
/** Presses it, and answers what the page says when nothing comes of it. */
async function failToUseKey({ page }: Visitor): Promise<string> {
  await page.locator('[data-start]').click();
  await page.locator('[data-trouble]:not(:empty)').waitFor();
  return (await page.locator('[data-trouble]').textContent()) ?? '';
}

/** From the password to the page that asks for a key to be set up. */
async function chooseKey(visitor: Visitor): Promise<void> {
  await visitor.go();
  await visitor.page.locator('input[value=security-key]').check();
  await visitor.go();
}

/** What somebody does at their own page, as soon as there is one, right after they proved a key. */
async function ownFactors(
  { idp }: Journey,
  account: string,
  visit: (own: OwnFactors, owning: Owning) => Promise<void>,
): Promise<void> {
  const { clock } = idp;
  const config = testConfig({ ...idp.settings, ...settings });
  const stores = openDatabase(config, { clock, threadPool: 4 });
  try {
    const person = await stores.accounts.byId(account);
    const epoch = epochOf(person ?? { epoch: 0 }, await stores.enrolments.of(account));
    const session = { account, epoch, proofs: [{ factor: 'security-key', amr: ['hwk'], at: clock.now() }] };
    const own = createOwnFactors({
      ...stores,
      clock,
      factors: factorsFor(config, { ...stores, clock }),
      settings: config,
      endSessions: async () => {},
    });
    await visit(own, { session, visitor: { address: '192.0.2.1', requestId: 'test' } });
  } finally {
    await stores.database.close();
  }
}

describe('security keys', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { settings });
  });
  after(() => journey.close());

  /** Lines of an account that must set a second factor up. */
  const beginner = (username: string) => ({
    type: 'account',
    organization: 'DEVRIES',
    username,
    password: 'correct horse battery',
  });

  it('a key of U2F, through the wizard and at the next sign-in', async () => {
    const noor = await journey.visitor();
    const keys = await VirtualKeys.of(noor.page);
    await keys.plugIn({ protocol: 'u2f' });
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    await chooseKey(noor);
    expect(await noor.heading()).to.equal('Set up your security key');
    await noor.assertAccessible();
    await useKey(noor);
    expect(await noor.heading()).to.equal('Give this key a name');
    expect(await noor.page.locator('input[name=name]').inputValue()).to.equal('Security key 1');
    await noor.assertAccessible();
    await noor.page.locator('input[name=name]').fill('Blue key');
    await noor.go();
    await noor.keepCodes();
    await noor.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'mfa'] });

    await noor.startSignIn('?way=again');
    await noor.enterPassword('noor', 'DEVRIES');
    expect(await noor.heading()).to.equal('Use your security key');
    await noor.page.locator('summary', { hasText: 'Which key?' }).click();
    expect(await noor.page.locator('.tips').textContent()).to.match(/Blue key.*not used yet/);
    await noor.assertAccessible();
    await useKey(noor);
    await noor.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'mfa'] });

    await noor.startSignIn('?way=again');
    await noor.enterPassword('noor', 'DEVRIES');
    expect(await noor.page.locator('.tips').textContent()).to.match(/Blue key.*last used on/);
  });

  it('two keys over usb and nfc, each of which signs in until it is removed', async () => {
    await journey.idp.add([beginner('pim')]);
    const pim = await journey.visitor();
    const keys = await VirtualKeys.of(pim.page);
    const first = await keys.plugIn({ transport: 'usb', verifies: true });
    await pim.startSignIn();
    await pim.enterPassword('pim', 'DEVRIES');
    await chooseKey(pim);
    await useKey(pim);
    await pim.page.locator('input[name=name]').fill('Ring');
    await pim.press('button[name=again]');
    expect(await pim.heading()).to.equal('Set up another security key');
    await pim.assertAccessible();
    expect(await failToUseKey(pim), 'the same key').to.match(/set up already/);
    await pim.assertAccessible();
    const ring = await keys.takeOut(first);
    const second = await keys.plugIn({ transport: 'nfc' });
    expect(await pim.page.locator('[data-start]').textContent()).to.equal('Try again');
    await useKey(pim);
    expect(await pim.page.locator('input[name=name]').inputValue()).to.equal('Security key 2');
    await pim.go();
    await pim.keepCodes();
    await pim.arrive();
    const { sub } = journey.rp.last().claims;

    const signIn = async () => {
      await pim.startSignIn('?way=again');
      await pim.enterPassword('pim', 'DEVRIES');
    };
    await signIn();
    await useKey(pim);
    await pim.arrive();
    const other = await keys.takeOut(second);
    const third = await keys.plugIn({ transport: 'usb', verifies: true }, ring);
    await signIn();
    await useKey(pim);
    await pim.arrive();

    const ringId = ring[0]?.credentialId.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    await ownFactors(journey, String(sub), async (own, owning) => {
      const held = (await own.show(owning.session))?.held ?? [];
      expect(held.map(({ name, lastUsedAt }) => [name, lastUsedAt !== undefined])).to.have.deep.members([
        ['Ring', true],
        ['Security key 2', true],
      ]);
      const removed = held.find(({ name }) => name === 'Ring');
      expect(await own.remove(owning, removed?.id ?? '')).to.include({ ok: true });
    });

    await signIn();
    const options = JSON.parse((await pim.page.locator('[data-webauthn]').getAttribute('data-options')) ?? '');
    expect(options.allowCredentials).to.have.length(1);
    expect(options.allowCredentials[0].id, 'the browser is not to ask for it').to.not.equal(ringId);
    await keys.takeOut(third);
    await keys.plugIn({ transport: 'nfc' }, other);
    await useKey(pim);
    await pim.arrive();
  });

  it('another one, asked for at the page that asks for one', async () => {
    await journey.idp.add([beginner('fem')]);
    const fem = await journey.visitor();
    const keys = await VirtualKeys.of(fem.page);
    const first = await keys.plugIn({ verifies: true });
    await fem.startSignIn();
    await fem.enterPassword('fem', 'DEVRIES');
    await chooseKey(fem);
    await useKey(fem);
    await fem.go();
    await fem.keepCodes();
    await fem.arrive();

    await fem.startSignIn('?way=again');
    await fem.enterPassword('fem', 'DEVRIES');
    await fem.page.locator('summary', { hasText: 'Which key?' }).click();
    await fem.press('button[value=add]');
    expect(await fem.page.locator('main .panel[role=status]').textContent()).to.match(/After that/);
    await fem.assertAccessible();
    await useKey(fem);
    expect(await fem.heading()).to.equal('Set up another security key');
    await keys.takeOut(first);
    await keys.plugIn({ transport: 'nfc' });
    await useKey(fem);
    await fem.page.locator('input[name=name]').fill('Spare');
    await fem.go();
    await fem.arrive();
    await fem.startSignIn('?way=again');
    await fem.enterPassword('fem', 'DEVRIES');
    expect(await fem.page.locator('.tips li').allTextContents()).to.have.length(2);
    await useKey(fem);
    await fem.arrive();
  });

  it('a phone over the air', async () => {
    await journey.idp.add([beginner('lot')]);
    const lot = await journey.visitor();
    const keys = await VirtualKeys.of(lot.page);
    await keys.plugIn({ transport: 'hybrid', resident: true, verifies: true });
    await lot.startSignIn();
    await lot.enterPassword('lot', 'DEVRIES');
    await chooseKey(lot);
    await useKey(lot);
    await lot.go();
    await lot.keepCodes();
    await lot.arrive();
    await lot.startSignIn('?way=again');
    await lot.enterPassword('lot', 'DEVRIES');
    await useKey(lot);
    await lot.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR });
  });

  it('without JavaScript or WebAuthn, other methods', async () => {
    await journey.idp.add([beginner('jip')]);
    const jip = await journey.visitor({ javaScriptEnabled: false });
    await jip.startSignIn();
    await jip.page.locator('input[name=username]').fill('jip');
    await jip.page.locator('input[name=password]').fill('correct horse battery');
    await jip.page.locator('input[name=office]').fill('DEVRIES');
    await jip.go();
    await jip.go();
    await jip.page.locator('input[value=security-key]').check();
    await jip.go();
    expect(await jip.page.locator('[data-without]').isVisible()).to.equal(true);
    expect(await jip.page.locator('[data-start]').isVisible()).to.equal(false);
    await jip.press('button[value=back]');
    expect(await jip.heading()).to.equal('Choose your second step');

    const old = await journey.visitor();
    await old.page.addInitScript('delete window.PublicKeyCredential');
    await old.startSignIn();
    await old.enterPassword('jip', 'DEVRIES');
    await chooseKey(old);
    expect(await old.page.locator('[data-unable]').isVisible()).to.equal(true);
    expect(await old.page.locator('[data-start]').isVisible()).to.equal(false);
    await old.assertAccessible();
    await old.press('button[value=back]');
    await old.go();
    await old.setUpApp();
    await old.keepCodes();
    await old.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });
  });

  it('an answer that comes too late gets a new challenge', async () => {
    await journey.idp.add([beginner('kim')]);
    const kim = await journey.visitor();
    const keys = await VirtualKeys.of(kim.page);
    await keys.plugIn();
    await kim.startSignIn();
    await kim.enterPassword('kim', 'DEVRIES');
    await chooseKey(kim);
    journey.idp.clock.advance(301_000);
    await useKey(kim);
    expect(await kim.page.locator('[role=alert]').first().textContent()).to.match(/too long/);
    await kim.assertAccessible();
    await useKey(kim);
    expect(await kim.heading()).to.equal('Give this key a name');
  });
});

describe('an application that requires phr', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { settings, client: { minimumAcr: 'phr' } });
  });
  after(() => journey.close());

  it('leads who has an app alone to set up a key, once the app is proved', async () => {
    const teun = await journey.visitor();
    const keys = await VirtualKeys.of(teun.page);
    await keys.plugIn();
    await teun.startSignIn();
    await teun.enterPassword('teun', 'DEVRIES');
    expect(await teun.heading()).to.equal('Enter the code from your app');
    await teun.enterCode(appCode(journey.idp.clock));
    await teun.go();
    expect(await teun.heading()).to.equal('Set up your security key');
    await useKey(teun);
    await teun.go();
    await teun.keepCodes();
    await teun.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'otp', 'hwk', 'mfa'] });

    await teun.startSignIn('?way=again');
    await teun.enterPassword('teun', 'DEVRIES');
    expect(await teun.heading()).to.equal('Use your security key');
    await useKey(teun);
    await teun.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'mfa'] });
  });
});
