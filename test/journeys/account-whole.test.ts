import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { openAccount } from '../support/account-page.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { TOTP_KEY } from '../support/seed.ts';

const ways = [
  { locale: 'nl', javaScriptEnabled: true, width: 1280 },
  { locale: 'en', javaScriptEnabled: false, width: 320 },
] as const;

for (const { locale, javaScriptEnabled, width } of ways) {
  const dutch = locale === 'nl';

  describe(`one's own page as a whole on SQLite and memory, ${locale}, ${javaScriptEnabled ? '' : 'without JavaScript, '}${width} px`, () => {
    let server: MailServer;
    let journey: Journey;
    let saar: Visitor;
    let phone: Visitor;
    let code: string;
    before(async () => {
      server = await startMailServer();
      const account = { type: 'account', organization: 'MOLEN', username: 'saar', password: 'correct horse battery' };
      const more = { email: 'saar@molen.example', emailVerified: true, locale, factors: { totp: { key: TOTP_KEY } } };
      journey = await openJourney('SQLite and memory', {
        client: { firstParty: false },
        settings: { mail: server.settings },
        lines: [{ ...account, ...more }],
      });
    });
    after(async () => {
      await journey.close();
      await server.stop();
    });

    const visitor = () => journey.visitor({ locale, javaScriptEnabled, viewport: { width, height: 800 } });
    /** axe needs JavaScript. */
    const look = async (person: Visitor) => {
      if (javaScriptEnabled) await person.assertAccessible(locale);
    };
    const things = (person: Visitor) => person.page.locator('.things > li').allInnerTexts();
    const said = (person: Visitor) => person.page.locator('[role=status]').innerText();
    const nextCode = () => {
      journey.idp.clock.advance(30_000);
      return appCode(journey.idp.clock, TOTP_KEY);
    };

    it('is entered while an application of somebody else is used on a phone, with a recovery code', async () => {
      phone = await visitor();
      await phone.startSignIn();
      await phone.enterPassword('saar', 'MOLEN');
      await phone.enterCode(nextCode());
      [code = ''] = await phone.keepCodes();
      await phone.go();
      await phone.arrive();

      saar = await visitor();
      await openAccount(journey, saar);
      await saar.enterPassword('saar', 'MOLEN');
      await saar.page.locator('details:has(button[value=choose]) summary').click();
      await saar.press('button[value=choose]');
      await saar.enterCode(code);
      await look(saar);
      await openAccount(journey, saar, 'activity');
      expect((await things(saar)).join()).to.include(dutch ? 'Herstelcode gebruikt' : 'Recovery code used');
    });

    it('shows which applications have access, and takes it back', async () => {
      await openAccount(journey, saar, 'applications');
      await look(saar);
      const [invoices = '', ...others] = await things(saar);
      expect(others).to.deep.equal([]);
      expect(invoices)
        .to.include('Invoices')
        .and.include(dutch ? 'weten dat jij het bent' : 'know that it is you');
      await saar.page.locator('.thing summary').click();
      await look(saar);
      await saar.press('.thing form button');
      expect(await said(saar)).to.not.equal('');
      expect(await things(saar)).to.deep.equal([]);
      await look(saar);
      await phone.startSignIn();
      expect(await phone.page.locator('.scopes').count(), 'asked anew').to.equal(1);
    });

    it('signs out on the phone alone', async () => {
      await openAccount(journey, saar, 'sessions');
      expect(await things(saar)).to.have.length(2);
      await look(saar);
      await saar.press('.things form button');
      expect(await things(saar)).to.have.length(1);
      await phone.startSignIn();
      expect(await phone.page.locator('input[name=password]').count()).to.equal(1);
    });

    it('changes the e-mail address once the new one is shown to be theirs', async () => {
      await openAccount(journey, saar, 'email');
      await look(saar);
      const field = saar.page.locator('input[name=email]');
      // The browser would not let it pass.
      await field.evaluate((input) => input.setAttribute('type', 'text'));
      await field.fill('saar at home');
      await saar.press('button[value=ask]');
      expect(await saar.page.locator('.error').count()).to.equal(1);
      await look(saar);
      await field.fill('new@molen.example');
      await saar.press('button[value=ask]');
      await look(saar);
      while (!server.mails.some(({ to }) => to.includes('new@molen.example'))) {
        await server.arrived(server.mails.length + 1);
      }
      const link = server.linkTo('new@molen.example');
      expect(link.startsWith(`${journey.idp.issuer}/email?token=`)).to.equal(true);
      for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).to.equal(200);
      await saar.page.goto(link);
      await look(saar);
      await saar.go();
      await look(saar);
      expect((await fetch(link)).status, 'once').to.equal(410);
      await saar.press('main a.go');
      expect(await saar.page.locator('.facts').innerText(), 'still signed in').to.include('new@molen.example');
      const old = dutch ? 'Je account heeft nu een ander e-mailadres' : 'Your account has another e-mail address now';
      while (!server.mails.some(({ headers }) => headers.subject === old)) {
        await server.arrived(server.mails.length + 1);
      }
      const told = server.mails.find(({ headers }) => headers.subject === old);
      expect(told?.to).to.deep.equal(['saar@molen.example']);
    });

    it('hands over a copy of everything', async () => {
      await openAccount(journey, saar, 'data');
      await look(saar);
      const [download] = await Promise.all([
        saar.page.waitForEvent('download'),
        saar.page.locator('main button.go').click(),
      ]);
      const data = JSON.parse(await readFile(await download.path(), 'utf8'));
      expect(data.account).to.include({ username: 'saar', email: 'new@molen.example', emailVerified: true });
      expect(data.sessions).to.have.length(1);
      expect(JSON.stringify(data)).to.not.include(TOTP_KEY).and.to.not.include(code);
      await openAccount(journey, saar, 'activity');
      await look(saar);
      const activity = (await things(saar)).join();
      for (const words of dutch
        ? [
            'Toegang ingetrokken: Invoices',
            'Uitgelogd in één andere browser',
            'E-mailadres gewijzigd',
            'Kopie van je gegevens',
          ]
        : [
            'Access taken back: Invoices',
            'Signed out of one other browser',
            'E-mail address changed',
            'Copy of your data',
          ]) {
        expect(activity).to.include(words);
      }
    });
  });
}
