import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney } from '../support/journey.ts';

describe('a first sign-in', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis');
  });
  after(() => journey.close());

  it('leads through the wizard to a verified ID token, and the next one asks for the app', async () => {
    const noor = await journey.visitor();
    await noor.startSignIn();
    expect(await noor.heading()).to.equal('Sign in');
    await noor.assertAccessible();
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.assertAccessible();
    await noor.go();
    await noor.assertAccessible();
    await noor.setUpApp();
    await noor.assertAccessible();
    const codes = await noor.keepCodes();
    expect(codes).to.have.length(6);
    await noor.arrive();
    const { claims } = journey.rp.last();
    expect(claims).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'], org_code: 'DEVRIES', name: 'Noor Bakker' });

    journey.idp.clock.advance(60_000);
    const again = await journey.visitor();
    await again.startSignIn();
    await again.enterPassword('noor', 'DEVRIES');
    await again.assertAccessible();
    await again.enterCode(appCode(journey.idp.clock, noor.key));
    await again.arrive();
    expect(journey.rp.last().claims).to.deep.include({ sub: claims.sub, acr: MFA });
  });
});
