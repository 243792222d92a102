import { expect } from 'chai';
import { openDatabase } from '../../src/assembly/stores.ts';
import { MFA } from '../../src/domain/acr.ts';
import { handOverPermit } from '../../src/flows/permits/hand-over.ts';
import { appCode, wrongCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { PASSWORD } from '../support/seed.ts';
import { untilTold } from '../support/until-told.ts';
import { testConfig } from '../support/world.ts';

const contact = { en: 'Call Anna: 020 555 01 23.', nl: 'Bel Anna: 020 555 01 23.' };
const lines = [
  { type: 'organization', code: 'HULP', name: 'Hulp BV', secondFactorRequired: true, contact },
  {
    type: 'account',
    organization: 'HULP',
    username: 'sanne',
    password: PASSWORD,
    email: 'sanne@hulp.example',
    emailVerified: true,
  },
  { type: 'account', organization: 'HULP', username: 'ravi', password: PASSWORD },
];

/** Opens a closed part of the page by its title. */
const open = (visitor: Visitor, title: RegExp) => visitor.page.locator('summary', { hasText: title }).click();

describe('ways back to a second factor', () => {
  let journey: Journey;
  let post: MailServer;
  before(async () => {
    post = await startMailServer();
    journey = await openJourney('PostgreSQL and Redis', {
      lines,
      settings: {
        mail: post.settings,
        lockout: { switchOffAfter: 10 },
        oidc: { backchannelLogout: { allowPrivateAddresses: ['localhost'] } },
      },
    });
  });
  after(async () => {
    await journey.close();
    await post.stop();
  });

  /** Somebody who has just been through the wizard. */
  async function settled(username: string, visitor?: Visitor) {
    const there = visitor ?? (await journey.visitor());
    await there.startSignIn();
    await there.enterPassword(username, 'HULP');
    await there.go();
    await there.setUpApp();
    const codes = await there.keepCodes();
    await there.arrive();
    journey.idp.clock.advance(60_000);
    return { visitor: there, codes };
  }

  it('a recovery code resets: everybody is signed out, a mail says so, and this browser alone sets up again', async () => {
    const { visitor: first, codes } = await settled('sanne');
    const { sub } = journey.rp.last().claims;
    const signedIn = await first.heading();

    const lost = await journey.visitor();
    await lost.startSignIn();
    await lost.enterPassword('sanne', 'HULP');
    await open(lost, /can't use this method/);
    await lost.assertAccessible();
    await lost.press('button[value=reset]');
    expect(await lost.heading()).to.equal('Set up two-factor authentication again');
    await open(lost, /reset help/i);
    await open(lost, /problems with your recovery code/i);
    expect(await lost.page.locator('.contact').first().textContent()).to.contain(contact.en);
    await lost.assertAccessible();

    await lost.press('button[value=back]');
    expect(await lost.heading()).to.equal('Enter the code from your app');
    await open(lost, /can't use this method/);
    await lost.press('button[value=reset]');
    await lost.enterCode('0000 0000');
    expect(await lost.page.locator('[role=alert]').textContent()).to.match(/not right/);
    await lost.assertAccessible();
    await lost.page.locator('input[name=code]').pressSequentially(codes[0] ?? '');
    expect(await lost.page.locator('input[name=code]').inputValue()).to.match(/^\d{4} \d{4}$/);
    await lost.go();
    expect(await lost.heading()).to.equal('Sign in');
    expect(await lost.page.locator('[role=status]').textContent()).to.contain('has been removed');
    await lost.assertAccessible();

    const thief = await journey.visitor();
    await thief.startSignIn();
    await thief.enterPassword('sanne', 'HULP');
    expect(await thief.heading()).to.equal('You need permission first');
    await thief.assertAccessible();

    await lost.enterPassword('sanne', 'HULP');
    await lost.go();
    await lost.setUpApp();
    expect(await lost.keepCodes()).to.have.length(6);
    await lost.arrive();
    expect(journey.rp.last().claims).to.deep.include({ sub, acr: MFA });

    await first.page.goto(journey.rp.url);
    await untilTold(journey.idp, async () => {
      await first.page.reload();
      return (await first.heading()) !== signedIn;
    });
    await first.startSignIn();
    expect(await first.heading(), 'the session of before').to.equal('Sign in');
    await mailed('Your two-factor authentication was removed');
  });

  it('a mailed link lets one browser on, without JavaScript, too', async () => {
    const { codes } = await settledAgain('sanne');
    const lost = await journey.visitor();
    await resetWith(lost, 'sanne', codes[0] ?? '');
    const phone = await journey.visitor({ javaScriptEnabled: false });
    await phone.startSignIn();
    await phone.enterPassword('sanne', 'HULP');
    await phone.press('button[value=mail]');
    expect(await phone.page.locator('.panel').textContent()).to.contain('sending a link');
    await mailed('Set up a new second step for Sluis');
    const link = post.linkTo('sanne@hulp.example');
    expect(link.startsWith(`${journey.idp.issuer}/permit?token=`)).to.equal(true);

    for (let scans = 0; scans < 3; scans += 1) expect((await fetch(link)).status).to.equal(200);
    await phone.page.goto(link);
    await phone.go();
    expect(await phone.heading()).to.equal('You may set up a new second step');
    const other = await journey.visitor();
    await other.page.goto(link);
    await other.assertAccessible();
    await other.go();
    expect(await other.heading()).to.equal('This link no longer works');
    await other.assertAccessible();

    await phone.startSignIn();
    await phone.enterPassword('sanne', 'HULP');
    expect(await phone.heading()).to.equal('One more step from now on');
    await other.startSignIn();
    await other.enterPassword('sanne', 'HULP');
    expect(await other.heading()).to.equal('You need permission first');
  });

  it('a code that somebody handed over opens the wizard', async () => {
    const config = testConfig({ ...journey.idp.settings });
    const stores = openDatabase(config, { clock: journey.idp.clock, threadPool: 4 });
    const needs = { ...stores, clock: journey.idp.clock, endSessions: async () => {} };
    await settled('ravi');
    const person = await stores.accounts.byName('ravi');
    if (person === undefined) throw new Error('ravi is not there');
    const given = await handOverPermit(needs, person, { reset: true, note: async () => {} });
    await stores.database.close();
    if ('refused' in given) throw new Error(given.refused);
    const ravi = await journey.visitor();
    await ravi.startSignIn();
    await ravi.enterPassword('ravi', 'HULP');
    expect(await ravi.page.locator('button[value=mail]').count(), 'without an address').to.equal(0);
    await ravi.page.locator('input[name=permit]').fill('0000-0000-0000');
    await ravi.go();
    await ravi.assertAccessible();
    await ravi.page.locator('input[name=permit]').fill(given.code.toLowerCase());
    await ravi.go();
    await ravi.go();
    await ravi.setUpApp();
    await ravi.keepCodes();
    await ravi.arrive();
  });

  it('"I can’t sign in" leads to the reset from the first page, and tells whom to ask once that is known', async () => {
    const { codes } = await settledAgain('ravi');
    const ravi = await journey.visitor({ javaScriptEnabled: false });
    await ravi.startSignIn();
    await ravi.page.locator('a', { hasText: "I can't sign in" }).click();
    expect(await ravi.heading()).to.equal("I can't sign in");
    await ravi.press('button[value=reset]');
    expect(await ravi.page.locator('.lead').first().textContent()).to.contain('recovery code');
    await ravi.enterPassword('ravi', 'HULP');
    expect(await ravi.heading()).to.equal('Set up two-factor authentication again');
    await ravi.press('button[value=back]');
    await ravi.page.locator('summary', { hasText: 'Help with two-factor authentication' }).click();
    await ravi.page.locator('details[open] a', { hasText: "I can't sign in" }).click();
    expect(await ravi.page.locator('.contact').textContent()).to.equal(contact.en);
    await ravi.press('button[value=reset]');
    await ravi.enterCode(codes[1] ?? '');
    expect(await ravi.heading()).to.equal('Sign in');
  });

  it('a factor that was switched off says so, and which ways are left', async () => {
    const { clock } = journey.idp;
    const teun = await journey.visitor();
    await teun.startSignIn();
    await teun.enterPassword('teun', 'DEVRIES');
    await teun.enterCode(appCode(clock));
    const codes = await teun.keepCodes();
    await teun.arrive();
    const guesser = await journey.visitor();
    for (let tries = 1; tries <= 10; tries += 1) {
      await guesser.startSignIn();
      await guesser.enterPassword('teun', 'DEVRIES');
      await guesser.enterCode(wrongCode(clock));
      if (tries % 3 === 0) clock.advance(15 * 60_000);
    }
    expect(await guesser.heading()).to.equal('Enter a recovery code');
    expect(await guesser.page.locator('main [role=status]').textContent()).to.contain('switched off');
    await guesser.assertAccessible();
    await guesser.press('[role=status] button[value=reset]');
    await guesser.enterCode(codes[0] ?? '');
    await guesser.enterPassword('teun', 'DEVRIES');
    expect(await guesser.heading()).to.equal('One more step from now on');
  });

  async function mailed(subject: string): Promise<void> {
    while (!post.mails.some(({ headers }) => headers.subject === subject)) await post.arrived(post.mails.length + 1);
  }

  /** A fresh start for somebody of an earlier test. */
  async function settledAgain(username: string) {
    const config = testConfig({ ...journey.idp.settings });
    const stores = openDatabase(config, { clock: journey.idp.clock, threadPool: 4 });
    const office = await stores.organizations.byCode('HULP');
    const account = await stores.accounts.byName(username, office?.id);
    await stores.enrolments.remove(account?.id ?? '');
    await stores.database.kysely
      .updateTable('factor_sets')
      .set({ ever_held: 0, to_set_up: 0 })
      .where('account', '=', account?.id ?? '')
      .execute();
    await stores.database.close();
    return settled(username);
  }

  async function resetWith(visitor: Visitor, username: string, code: string): Promise<void> {
    await visitor.startSignIn();
    await visitor.enterPassword(username, 'HULP');
    await open(visitor, /can't use this method/);
    await visitor.press('button[value=reset]');
    await visitor.enterCode(code);
  }
});
