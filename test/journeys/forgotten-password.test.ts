import { expect } from 'chai';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import type { CaughtMail, MailServer } from '../support/mail-server.ts';
import { startMailServer } from '../support/mail-server.ts';
import { TOTP_KEY } from '../support/seed.ts';
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

    before(async () => {
      server = await startMailServer();
      journey = await openJourney(pair, { settings: { mail: server.settings }, lines: people(locale) });
    });
    after(async () => {
      await journey.close();
      await server.stop();
    });

    const subjects = (mails: readonly CaughtMail[]) => mails.map(({ headers }) => headers.subject);

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

      const [mail] = await server.arrived(1);
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

      const mails = await server.arrived(2);
      expect(subjects(mails)[1]).to.equal(dutch ? 'Je wachtwoord is gewijzigd' : 'Your password was changed');
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
      await saar.enterCode(appCode(journey.idp.clock, TOTP_KEY));
      await saar.keepCodes();
      await saar.arrive();
    });
  });
}
