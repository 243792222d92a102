import { expect } from 'chai';
import { openDatabase } from '../../src/assembly/stores.ts';
import { inviteAll } from '../../src/flows/password/invite.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { testConfig } from '../support/world.ts';

const NEW_PASSWORD = 'bloemkool fiets regen 7';

describe('an invitation to a first password', () => {
  let server: MailServer;
  let journey: Journey;

  before(async () => {
    server = await startMailServer();
    journey = await openJourney('PostgreSQL and Redis', {
      settings: { mail: server.settings },
      lines: [
        { type: 'organization', code: 'STRICT', name: 'Strict BV', secondFactorRequired: true, firstSetUp: 'permit' },
        {
          type: 'account',
          organization: 'STRICT',
          username: 'fenna',
          id: 'fenna',
          locale: 'nl',
          name: 'Fenna Prins',
          email: 'fenna@strict.example',
        },
      ],
    });
  });
  after(async () => {
    await journey.close();
    await server.stop();
  });

  it('leads to a password, and permits that browser alone to set up the second factor that the office demands', async () => {
    const { idp } = journey;
    const stores = openDatabase(testConfig(idp.settings), { clock: idp.clock, threadPool: 4 });
    expect(await inviteAll({ ...stores, clock: idp.clock }, ['fenna'])).to.deep.equal({ queued: 1, unreachable: 0 });
    await stores.database.close();
    const [mail] = await server.arrived(1);
    expect(mail?.headers.subject).to.equal('Je account voor Sluis');
    expect(mail?.text).to.include('Fenna Prins').and.to.include('24 uur');

    const fenna = await journey.visitor({ locale: 'nl' });
    await fenna.startSignIn();
    await fenna.page.goto(server.linkTo('fenna@strict.example'));
    expect(await fenna.heading()).to.equal('Kies een wachtwoord');
    await fenna.assertAccessible('nl');
    await fenna.page.locator('input[name=password]').fill(NEW_PASSWORD);
    await fenna.go();
    await fenna.startSignIn();
    await fenna.enterPassword('fenna', 'strict', NEW_PASSWORD);
    expect(await fenna.heading()).to.equal('Voortaan één stap extra');

    const thief = await journey.visitor({ locale: 'nl' });
    await thief.startSignIn();
    await thief.enterPassword('fenna', 'strict', NEW_PASSWORD);
    expect(await thief.heading()).to.equal('Je hebt eerst toestemming nodig');

    await fenna.go();
    await fenna.setUpApp();
    await fenna.keepCodes();
    await fenna.arrive();
    const told = (await server.arrived(3)).slice(1).map(({ headers }) => headers.subject);
    expect(told).to.have.members(['Nieuwe manier om in te loggen: Authenticator-app', 'Je hebt nieuwe herstelcodes']);
  });
});
