import { expect } from 'chai';
import { sluis } from '../cli/sluis.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { testConfig } from '../support/world.ts';

const NEW_PASSWORD = 'bloemkool fiets regen 7';

describe('the first people of the command line, in Dutch on SQLite and memory', () => {
  let journey: Journey;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  before(async () => {
    directory = await temporaryDirectory();
    journey = await openJourney('SQLite and memory', { settings: { policy: { firstSetUp: 'permit' } } });
  });
  after(async () => {
    await journey.close();
    await directory.remove();
  });

  /** The command line as an operator runs it beside the server: a process of its own. */
  const operator = (...args: string[]) => {
    const { encryptionKeys, database } = testConfig(journey.idp.settings);
    const environment = {
      ISSUER: journey.idp.issuer,
      ENCRYPTION_KEYS: encryptionKeys.join(),
      DATABASE_URL: database.url,
    };
    return sluis({ args, directory: directory.path, environment });
  };
  const linkIn = (out: string) => /^http\S+$/m.exec(out)?.[0] ?? '';
  const choosePassword = async (visitor: Visitor) => {
    await visitor.page.locator('input[name=password]').fill(NEW_PASSWORD);
    await visitor.go();
    expect(await visitor.heading()).to.equal('Je wachtwoord is opgeslagen');
  };

  it('lets an operator print a link, by which the first administrator comes to the console', async () => {
    const { code, out, err } = await operator(
      ...['account', 'create', 'bea', '--role', 'administrator', '--locale', 'nl', '--name', 'Bea Baas'],
    );
    expect([code, err]).to.deep.equal([0, '']);
    const link = linkIn(out);

    const bea = await journey.visitor({ locale: 'nl' });
    await bea.page.goto(link);
    expect(await bea.heading()).to.equal('Kies een wachtwoord');
    expect(await bea.page.locator('main').textContent()).to.contain('bea');
    await bea.assertAccessible('nl');
    await choosePassword(bea);
    await bea.assertAccessible('nl');

    await bea.page.goto(`${journey.idp.issuer}/admin`);
    await bea.enterPassword('bea', '', NEW_PASSWORD);
    // Nobody is there to permit it: the browser that followed the link may.
    expect(await bea.heading()).to.equal('Voortaan één stap extra');
    await bea.go();
    await bea.setUpApp();
    await bea.keepCodes();
    expect(new URL(bea.page.url()).pathname).to.equal('/admin');
    expect(await bea.heading()).to.equal('Beheer');
    expect(await bea.page.locator('.bar-who').textContent()).to.contain('Bea Baas');
    expect(await bea.page.locator('.lead').textContent()).to.equal('Je beheert de hele omgeving.');
    await bea.assertAccessible('nl');

    const late = await journey.visitor({ locale: 'nl' });
    await late.page.goto(link);
    expect(await late.heading()).to.equal('Deze link werkt niet meer');
    await late.assertAccessible('nl');
  });

  it('hands over the invitation of somebody without e-mail, who then signs in at an application', async () => {
    const { out, err } = await operator(
      ...['account', 'create', 'piet', '--office', 'MOLEN', '--name', 'Piet Prins', '--locale', 'nl'],
    );
    expect(err).to.equal('');
    const piet = await journey.visitor({ locale: 'nl' });
    await piet.page.goto(linkIn(out));
    await choosePassword(piet);
    await piet.startSignIn();
    await piet.enterPassword('piet', 'MOLEN', NEW_PASSWORD);
    await piet.arrive();
    expect(journey.rp.last().claims).to.include({ name: 'Piet Prins', org_code: 'MOLEN' });
  });
});
