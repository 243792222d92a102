import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { appCode, wrongCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';

/** Opens the list of other ways in and takes a recovery code. */
async function useRecoveryCode(visitor: Visitor): Promise<void> {
  await visitor.page.locator('summary', { hasText: /can't use this method/i }).click();
  await visitor.press('button[value=choose]');
}

describe('losing the phone, and guessing', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis');
  });
  after(() => journey.close());

  it('a recovery code signs in once; near the end the person is told, and after the last there are new ones', async () => {
    const noor = await journey.visitor();
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.setUpApp();
    const codes = await noor.keepCodes();
    await noor.arrive();

    const headings: string[] = [];
    for (const [index, code] of codes.entries()) {
      const next = await journey.visitor();
      await next.startSignIn();
      await next.enterPassword('noor', 'DEVRIES');
      await useRecoveryCode(next);
      if (index === 0) await next.assertAccessible();
      if (index === 1) {
        await next.enterCode(codes[0] ?? '');
        expect(await next.page.locator('[role=alert]').textContent()).to.match(/not right|used/);
        await next.assertAccessible();
      }
      await next.enterCode(`${code.slice(0, 4)} - ${code.slice(4)}`);
      if (next.page.url().startsWith(journey.idp.issuer)) {
        headings.push(await next.heading());
        await next.assertAccessible();
        if (await next.page.locator('input[name=kept]').count()) await next.keepCodes();
        else await next.go();
      }
      await next.arrive();
      expect(journey.rp.last().claims).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] });
    }
    expect(headings).to.have.length(3);
    expect(headings[2]).to.match(/keep/i);
  });

  it('three wrong codes block for a quarter of an hour, which the page says; other browsers and right codes do not help', async () => {
    const { clock } = journey.idp;
    const teun = await journey.visitor();
    await teun.startSignIn();
    await teun.enterPassword('teun', 'DEVRIES');
    await teun.enterCode(wrongCode(clock));
    expect(await teun.page.locator('[role=alert]').textContent()).to.match(/2/);
    expect(await teun.page.title()).to.match(/^Error/);
    await teun.assertAccessible();
    await teun.enterCode(wrongCode(clock));
    await teun.enterCode(wrongCode(clock));
    expect(await teun.heading()).to.match(/block|closed/i);
    const until = await teun.page.locator('time').getAttribute('datetime');
    expect(Date.parse(until ?? '')).to.equal(clock.now() + 15 * 60_000);
    await teun.assertAccessible();

    const elsewhere = await journey.visitor();
    await elsewhere.startSignIn();
    await elsewhere.enterPassword('teun', 'DEVRIES');
    expect(await elsewhere.page.locator('input[name=code]').count()).to.equal(0);

    await journey.idp.restart();
    const restarted = await journey.visitor();
    await restarted.startSignIn();
    await restarted.enterPassword('teun', 'DEVRIES');
    expect(await restarted.page.locator('input[name=code]').count(), 'the block outlives a restart').to.equal(0);

    clock.advance(15 * 60_000);
    await restarted.page.reload();
    await restarted.enterCode(appCode(clock));
    await restarted.keepCodes();
    await restarted.arrive();
    expect(journey.rp.last().claims).to.include({ preferred_username: 'teun', acr: MFA });
  });
});
