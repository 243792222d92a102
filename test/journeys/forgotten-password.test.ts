import { expect } from 'chai';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import type { CaughtMail, MailServer } from '../support/mail-server.ts';
import { startMailServer } from '../support/mail-server.ts';
import { TOTP_KEY } from '../support/seed.ts';
import { untilTold } from '../support/until-told.ts';
import { pairs } from '../support/world.ts';

const NEW_PASSWORD = 'bloemkool fiets regen 7';

const people = (locale: string) => [
  {
    type: 'account',
    organization: 'DEVRIES',
    username: 'saar',
    password: 'correct horse battery',
    name: 'Saar Visser',
    locale,
    email: 'saar@devries.example',
    emailVerified: true,
    factors: { totp: { key: TOTP_KEY } },
  },
];

for (const pair of pairs) {
  const dutch = pair === 'SQLite and memory';
  const locale = dutch ? 'nl' : 'en';

  describe(`a forgotten password, on ${pair}, in ${dutch ? 'Dutch' : 'English'}`, () => {
    let server: MailServer;
    let journey: Journey;
    let saar: Visitor;
    let other: Visitor;

    before(async () => {
      server = await startMailServer();
      journey = await openJourney(pair, {
        settings: { mail: server.settings, oidc: { backchannelLogout: { allowPrivateAddresses: ['localhost'] } } },
        lines: people(locale),
      });
    });
    after(async () => {
      await journey.close();
      await server.stop();
    });

    /** Each code works once. */
    const nextCode = () => {
      journey.idp.clock.advance(30_000);
      return appCode(journey.idp.clock, TOTP_KEY);
    };
    const subjects = (mails: readonly CaughtMail[]) => mails.map(({ headers }) => headers.subject);

    it('begins while the account is in use, perhaps by somebody else', async () => {
      other = await journey.visitor({ locale });
      await other.startSignIn();
      await other.enterPassword('saar', 'devries');
      await other.enterCode(appCode(journey.idp.clock, TOTP_KEY));
      await other.keepCodes();
      await other.arrive();
      const told = (await server.arrived(2)).map(({ headers }) => headers.subject);
      expect(told).to.have.members(
        dutch
          ? ['Je hebt nieuwe herstelcodes', 'Er is ingelogd op een nieuw apparaat']
          : ['You have new recovery codes', 'Somebody signed in on a new device'],
      );
    });

    it('is asked for from the sign-in page, and answered by mail', async () => {
      saar = await journey.visitor({ locale });
      await saar.startSignIn();
      await saar.page.locator('a[href*="/forgotten-password"]').click();
      await saar.assertAccessible(locale);
      await saar.page.locator('input[name=username]').fill('saar@devries.example');
      await saar.page.locator('input[name=office]').fill('devries');
      await saar.go();
      await saar.assertAccessible(locale);
      expect(await saar.heading()).to.equal(dutch ? 'Kijk in je mailbox' : 'Look in your mailbox');

      const [, , mail] = await server.arrived(3);
      expect(mail?.to).to.deep.equal(['saar@devries.example']);
      expect(mail?.headers.subject).to.equal(
        dutch ? 'Kies een nieuw wachtwoord voor Sluis' : 'Choose a new password for Sluis',
      );
      const link = server.linkTo('saar@devries.example');
      expect(link.startsWith(`${journey.idp.issuer}/password?token=`)).to.equal(true);
      expect(mail?.text).to.include(link).and.to.include('Saar Visser');
    });

    it('is chosen by the link in it, which looking at does not spend', async () => {
      const link = server.linkTo('saar@devries.example');
      for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).to.equal(200);

      const phone = await journey.visitor({ locale });
      await phone.page.goto(link);
      await phone.assertAccessible(locale);
      await phone.page.locator('input[name=password]').fill('wachtwoord123');
      await phone.page.locator('.strength[data-score="1"], .strength[data-score="2"]').waitFor();
      await phone.go();
      expect(await phone.page.locator('.error').textContent()).to.match(dutch ? /makkelijk te raden/ : /easy to guess/);
      await phone.assertAccessible(locale);
      await phone.page.locator('input[name=password]').fill(NEW_PASSWORD);
      await phone.page.locator('.strength[data-score="4"]').waitFor();
      await phone.assertAccessible(locale);
      await phone.go();
      await phone.assertAccessible(locale);
      expect(await phone.heading()).to.equal(dutch ? 'Je wachtwoord is opgeslagen' : 'Your password is saved');

      const mails = await server.arrived(4);
      expect(subjects(mails)[3]).to.equal(dutch ? 'Je wachtwoord is gewijzigd' : 'Your password was changed');
    });

    it('ends what was signed in before, and tells the application', async () => {
      await other.page.goto(journey.rp.url);
      await untilTold(journey.idp, async () => {
        await other.page.reload();
        return (await other.page.locator('form[action="/sign-out"]').count()) === 0;
      });
      await other.startSignIn();
      expect(await other.page.locator('input[name=password]').count()).to.equal(1);
    });

    it('works once', async () => {
      const answer = await fetch(server.linkTo('saar@devries.example'));
      expect(answer.status).to.equal(410);
    });

    it('lets its owner in with the second factor that they had', async () => {
      await saar.startSignIn();
      await saar.enterPassword('saar', 'devries');
      expect(await saar.page.locator('.summary').count()).to.equal(1);
      await saar.enterPassword('saar', 'devries', NEW_PASSWORD);
      await saar.enterCode(nextCode());
      await saar.arrive();
    });
  });
}
