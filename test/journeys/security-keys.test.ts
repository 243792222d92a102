import { expect } from 'chai';
import { PHR } from '../../src/domain/acr.ts';
import { type Journey, openJourney } from '../support/journey.ts';
import { VirtualKeys } from '../support/webauthn/virtual-key.ts';

describe('security keys', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { settings: { methods: ['totp', 'security-key'] } });
  });
  after(() => journey.close());

  it('wizard', async () => {
    const noor = await journey.visitor();
    const keys = await VirtualKeys.of(noor.page);
    await keys.plugIn({ protocol: 'u2f' });
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.page.locator('input[value=security-key]').check();
    await noor.go();
    await noor.assertAccessible();
    await noor.press('[data-start]');
    console.log(await noor.heading());
    await noor.assertAccessible();
    await noor.go();
    console.log(await noor.heading());
    await noor.keepCodes();
    await noor.arrive();
    expect(journey.rp.last().claims).to.deep.include({ acr: PHR, amr: ['pwd', 'hwk', 'mfa'] });
  });
});
