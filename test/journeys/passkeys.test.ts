import { expect } from 'chai';
import { PHR, SFA } from '../../src/domain/acr.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { VirtualKeys } from '../support/webauthn/virtual-key.ts';

const settings = { methods: ['totp', 'passkey'] };
/** A laptop or phone that knows its owner. */
const ownDevice = { transport: 'internal', resident: true, verifies: true } as const;

/** Signs in with the password and takes up the offer of a passkey. */
async function setUpPasskey(visitor: Visitor, username: string, office: string): Promise<void> {
  await visitor.startSignIn();
  await canBeSetUp(visitor);
  await visitor.enterPassword(username, office);
  await visitor.go();
  await visitor.press('[data-start]');
  await visitor.keepCodes();
  await visitor.arrive();
}

/** Keeps the browser from answering by itself, as if its owner had picked a passkey from the list of the username. */
async function byButtonAlone({ page }: Visitor): Promise<void> {
  await page.addInitScript('delete PublicKeyCredential.isConditionalMediationAvailable');
}

/** Until the page knows what the device can do. */
async function canBeSetUp({ page }: Visitor): Promise<void> {
  await page.locator('input[name=can][value=passkey]').waitFor({ state: 'attached' });
}

describe('passkeys', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { settings });
  });
  after(() => journey.close());

  it('are offered on a device that can, set up, and sign in by themselves, from a button', async () => {
    const mila = await journey.visitor();
    const keys = await VirtualKeys.of(mila.page);
    const device = await keys.plugIn(ownDevice);
    await mila.startSignIn();
    await mila.assertAccessible();
    await canBeSetUp(mila);
    await mila.enterPassword('mila', 'MOLEN');
    expect(await mila.heading()).to.equal('Sign in without a password next time?');
    await mila.assertAccessible();
    await mila.go();
    expect(await mila.heading()).to.equal('Set up a passkey');
    await mila.assertAccessible();
    await mila.press('[data-start]');
    await mila.keepCodes();
    await mila.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'user', 'mfa'] });
    const { sub } = journey.rp.last().claims;
    expect((await keys.credentials(device)).map(({ isResidentCredential }) => isResidentCredential)).to.deep.equal([
      true,
    ]);

    await byButtonAlone(mila);
    await mila.startSignIn('?way=again');
    await mila.press('#use-passkey');
    await mila.arrive();
    expect(journey.rp.last().claims).to.deep.include({ sub, acr: PHR, amr: ['hwk', 'user', 'mfa'] });
  });

  it('sign in from the field of the username', async () => {
    await journey.idp.add([
      { type: 'account', organization: 'MOLEN', username: 'sanne', password: 'correct horse battery' },
    ]);
    const sanne = await journey.visitor();
    const keys = await VirtualKeys.of(sanne.page);
    const device = await keys.plugIn(ownDevice);
    await setUpPasskey(sanne, 'sanne', 'MOLEN');
    await keys.takeOut(device).then((held) => keys.plugIn(ownDevice, held));
    // Chromium's key answers a conditional request as if its owner had picked it from the list.
    await sanne.startSignIn('?way=again');
    await sanne.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['hwk', 'user', 'mfa'] });
  });

  it('are not offered again to who said "not now" in this browser, and are to somebody else', async () => {
    await journey.idp.add([
      { type: 'account', organization: 'MOLEN', username: 'later', password: 'correct horse battery' },
      { type: 'account', organization: 'MOLEN', username: 'other', password: 'correct horse battery' },
    ]);
    const later = await journey.visitor();
    const keys = await VirtualKeys.of(later.page);
    await keys.plugIn(ownDevice);
    await later.startSignIn();
    await canBeSetUp(later);
    await later.enterPassword('later', 'MOLEN');
    await later.press('button[value=later]');
    await later.arrive();
    expect(journey.rp.last().claims).to.include({ acr: SFA });
    await later.startSignIn('?way=again');
    await canBeSetUp(later);
    await later.enterPassword('later', 'MOLEN');
    await later.arrive();
    await later.startSignIn('?way=again');
    await canBeSetUp(later);
    await later.enterPassword('other', 'MOLEN');
    expect(await later.heading()).to.equal('Sign in without a password next time?');
  });

  it('are not offered on a device that cannot', async () => {
    await journey.idp.add([
      { type: 'account', organization: 'MOLEN', username: 'old', password: 'correct horse battery' },
    ]);
    const old = await journey.visitor();
    await VirtualKeys.of(old.page);
    await old.startSignIn();
    await old.enterPassword('old', 'MOLEN');
    await old.arrive();
    expect(journey.rp.last().claims).to.include({ acr: SFA });
  });

  it('are asked for after the password, and a stolen one sets nothing up', async () => {
    await journey.idp.add([
      { type: 'account', organization: 'MOLEN', username: 'vera', password: 'correct horse battery' },
    ]);
    const vera = await journey.visitor();
    const keys = await VirtualKeys.of(vera.page);
    const device = await keys.plugIn(ownDevice);
    await setUpPasskey(vera, 'vera', 'MOLEN');
    const thief = await journey.visitor();
    await thief.startSignIn();
    await thief.enterPassword('vera', 'MOLEN');
    expect(await thief.heading()).to.equal('Use your passkey');
    await thief.assertAccessible();
    const others = await thief.page.locator('button[value=choose]').allTextContents();
    expect(others.map((text) => text.trim())).to.deep.equal(['Use a recovery code']);

    await keys.takeOut(device).then((held) => keys.plugIn({ ...ownDevice, verified: false }, held));
    await byButtonAlone(vera);
    await vera.startSignIn('?way=again');
    await vera.page.locator('#use-passkey').click();
    await vera.page.locator('[data-trouble]:not(:empty)').waitFor();
    expect(await vera.page.locator('[data-trouble]').textContent(), 'the wrong finger').to.match(/not confirmed/);
    await vera.assertAccessible();
  });

  it('look the same when they are unknown, or their account is disabled', async () => {
    await journey.idp.add([
      { type: 'account', organization: 'MOLEN', username: 'temp', password: 'correct horse battery' },
    ]);
    const temp = await journey.visitor();
    const keys = await VirtualKeys.of(temp.page);
    const device = await keys.plugIn(ownDevice);
    await setUpPasskey(temp, 'temp', 'MOLEN');
    const [credential] = await keys.credentials(device);
    await keys.takeOut(device);
    await byButtonAlone(temp);
    const stranger = credential && { ...credential, credentialId: Buffer.alloc(32, 7).toString('base64') };
    await keys.plugIn(ownDevice, stranger && [stranger]);
    await temp.startSignIn('?way=again');
    await temp.press('#use-passkey');
    expect(await temp.heading()).to.equal('Sign in');
    expect(await temp.page.locator('[role=alert]').first().textContent()).to.match(/passkey was not accepted/);
    expect(await temp.page.title()).to.match(/^Error/);
    await temp.assertAccessible();
  });
});

describe('passkeys, where an organization wants the password, too', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', {
      settings,
      lines: [{ type: 'organization', code: 'DUBBEL', name: 'Dubbel', passkeysCountAsBoth: false }],
    });
    await journey.idp.add([
      { type: 'account', organization: 'DUBBEL', username: 'iris', password: 'correct horse battery' },
    ]);
  });
  after(() => journey.close());

  it('ask for it after the passkey, and for no third thing', async () => {
    const iris = await journey.visitor();
    const keys = await VirtualKeys.of(iris.page);
    await keys.plugIn(ownDevice);
    await setUpPasskey(iris, 'iris', 'DUBBEL');
    await byButtonAlone(iris);
    await iris.startSignIn('?way=again');
    await iris.press('#use-passkey');
    expect(await iris.heading()).to.equal('Enter your password, too');
    await iris.assertAccessible();
    await iris.page.locator('input[name=password]').fill('wrong');
    await iris.go();
    expect(await iris.page.locator('[role=alert]').textContent()).to.match(/2 tries left/);
    await iris.page.locator('input[name=password]').fill('correct horse battery');
    await iris.go();
    await iris.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['hwk', 'user', 'pwd', 'mfa'] });
  });
});
