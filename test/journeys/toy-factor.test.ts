import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { toyFactor } from '../support/toy/factor.ts';

// The proof that a factor is one folder, one line, one folder of views and its texts: nothing else knows of this one.
describe('a factor that Sluis never heard of', () => {
  let journey: Journey;
  before(async () => {
    const views = fileURLToPath(import.meta.resolve('#root/test/support/toy/views'));
    journey = await openJourney('PostgreSQL and Redis', {
      settings: { methods: ['totp', 'toy'] },
      parts: { factors: () => [toyFactor()], views: [views] },
    });
  });
  after(() => journey.close());

  it('is offered in the wizard, asked at the next sign-in and named in amr', async () => {
    const noor = await journey.visitor();
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.assertAccessible();
    await noor.page.locator('input[name=factor][value=toy]').check();
    await noor.go();
    for (let times = 0; times < 2; times++) {
      await noor.assertAccessible();
      await noor.page.locator('input[name=word]').fill('sesame');
      await noor.go();
    }
    await noor.keepCodes();
    await noor.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: MFA, amr: ['pwd', 'toy', 'mfa'] });

    const next = await journey.visitor({ locale: 'nl' });
    await next.startSignIn();
    await next.enterPassword('noor', 'DEVRIES');
    expect(await next.heading()).to.equal('Zeg het toverwoord');
    await next.assertAccessible('nl');
    for (let times = 0; times < 2; times++) {
      await next.page.locator('input[name=word]').fill('sesame');
      await next.go();
    }
    await next.arrive();
    expect(journey.rp.last().claims).to.deep.include({ amr: ['pwd', 'toy', 'mfa'] });
  });
});
