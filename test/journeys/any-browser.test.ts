import { expect } from 'chai';
import { MFA, SFA } from '../../src/domain/acr.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney } from '../support/journey.ts';

describe('any browser and any hand', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis');
  });
  after(() => journey.close());

  it('works without JavaScript, from the wizard to the ID token', async () => {
    const noor = await journey.visitor({ javaScriptEnabled: false });
    await noor.startSignIn();
    expect(await noor.page.locator('button', { hasText: 'Show' }).isVisible(), 'no button that does nothing').to.equal(
      false,
    );
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.setUpApp();
    await noor.keepCodes();
    await noor.arrive();
    expect(journey.rp.last().claims).to.include({ acr: MFA });

    journey.idp.clock.advance(60_000);
    const again = await journey.visitor({ javaScriptEnabled: false });
    await again.startSignIn();
    await again.enterPassword('noor', 'DEVRIES');
    await again.enterCode(appCode(journey.idp.clock, noor.key));
    await again.arrive();
  });

  it('fits a screen of 320 pixels, and one that is dark', async () => {
    const teun = await journey.visitor({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
    await teun.startSignIn();
    await teun.assertAccessible();
    await teun.enterPassword('teun', 'DEVRIES');
    await teun.assertAccessible();
    await teun.enterCode(appCode(journey.idp.clock));
    await teun.assertAccessible();
    await teun.keepCodes();
    await teun.arrive();
  });

  it('can be worked by keyboard alone', async () => {
    const mila = await journey.visitor();
    const { page } = mila;
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
    const typed = async (field: string, text: string) => {
      for (let presses = 0; (await focused()) !== field; presses++) {
        expect(presses, `${field} can be reached`).to.be.lessThan(20);
        await page.keyboard.press('Tab');
      }
      await page.keyboard.type(text);
    };
    await mila.startSignIn();
    expect(await focused(), 'the first field has the focus').to.equal('username');
    await typed('username', 'mila');
    await typed('password', 'wrong');
    await typed('office', 'MOLEN');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(
      await page.evaluate("document.activeElement === document.querySelector('[role=alert]')"),
      'the summary has the focus',
    ).to.equal(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused(), 'its link leads to the field').to.be.oneOf(['username', 'password']);
    await page.locator('#password').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('correct horse battery');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await mila.arrive();
    expect(journey.rp.last().claims).to.include({ acr: SFA });
  });

  it('shows a password on request, and remembers a name but never a password', async () => {
    const mila = await journey.visitor();
    await mila.startSignIn();
    const password = mila.page.locator('input[name=password]');
    await password.fill('something');
    await mila.page.locator('button', { hasText: 'Show' }).click();
    expect(await password.getAttribute('type')).to.equal('text');
    await mila.page.locator('input[name=remember]').check();
    await mila.enterPassword('mila', 'MOLEN');
    await mila.arrive();

    await mila.startSignIn('?way=again');
    expect(await mila.page.locator('input[name=username]').inputValue()).to.equal('mila');
    expect(await mila.page.locator('input[name=office]').inputValue()).to.equal('MOLEN');
    expect(await password.inputValue()).to.equal('');
    const cookies = JSON.stringify(await mila.page.context().cookies());
    expect(cookies).not.to.include('correct horse');
  });

  it('fills in the name that the application knows, before the one that this browser remembers', async () => {
    const { page } = await journey.visitor();
    const request = new URLSearchParams({
      client_id: 'web',
      redirect_uri: `${journey.rp.url}/callback`,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      login_hint: '"><b>mila@example.org',
    });
    await page.goto(`${journey.idp.issuer}/auth?${request}`);
    expect(await page.locator('input[name=username]').inputValue()).to.equal('"><b>mila@example.org');
  });
});
