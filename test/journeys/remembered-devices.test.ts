import { expect } from 'chai';
import { MFA, SFA } from '../../src/domain/acr.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { openAccount } from '../support/account-page.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { PASSWORD, TOTP_KEY } from '../support/seed.ts';
import type { Pair } from '../support/world.ts';

interface Words {
  readonly box: string;
  readonly here: string;
  readonly none: string;
}

const journeys: readonly (readonly [Pair, Locale, Words])[] = [
  [
    'SQLite and memory',
    'nl',
    {
      box: 'Vraag dit 30 dagen lang niet op dit apparaat',
      here: 'deze browser',
      none: 'In elke browser wordt om de tweede stap gevraagd',
    },
  ],
  [
    'PostgreSQL and Redis',
    'en',
    {
      box: "Don't ask on this device for 30 days",
      here: 'this browser',
      none: 'You are asked for the second step in every browser',
    },
  ],
];

for (const [pair, locale, words] of journeys) {
  describe(`a remembered device, in ${locale}, on ${pair}`, () => {
    let journey: Journey;
    let lotte: Visitor;
    before(async () => {
      const office = { type: 'organization', code: 'KADE', name: 'Kade 7', secondFactorRequired: true };
      const factors = { totp: { key: TOTP_KEY } };
      journey = await openJourney(pair, {
        lines: [
          { ...office, rememberedDevices: 30 },
          { type: 'account', organization: 'KADE', username: 'lotte', password: PASSWORD, factors },
          { type: 'account', organization: 'KADE', username: 'joost', password: PASSWORD, factors },
        ],
      });
      lotte = await journey.visitor({ locale });
    });
    after(() => journey.close());

    /** The browser is closed: its session is over, and what it keeps for longer stays. */
    const nextDay = () => lotte.page.context().clearCookies({ name: 'sluis' });
    const code = () => {
      journey.idp.clock.advance(30_000);
      return appCode(journey.idp.clock);
    };
    const signIn = async (username: string, query = '') => {
      await lotte.startSignIn(query);
      await lotte.enterPassword(username, 'KADE');
    };
    const box = () => lotte.page.locator('input[name=device]');

    it('is asked for nothing but the password, and the ID token says so', async () => {
      await signIn('lotte');
      expect(await lotte.page.locator('label[for=device]').innerText()).to.equal(words.box);
      expect(await box().isChecked()).to.equal(false);
      await lotte.assertAccessible(locale);
      await box().check();
      await lotte.enterCode(code());
      await lotte.keepCodes();
      await lotte.arrive();
      expect(journey.rp.last().claims).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] });
      const cookie = (await lotte.page.context().cookies()).find(({ name }) => name.endsWith('sluis_device'));
      expect(cookie).to.deep.include({ httpOnly: true, sameSite: 'Lax' });

      await nextDay();
      await signIn('lotte');
      await lotte.arrive();
      expect(journey.rp.last().claims).to.deep.include({ acr: SFA, amr: ['pwd'] });
      await lotte.startSignIn();
      await lotte.arrive();
      expect(journey.rp.last().claims, 'single sign-on').to.deep.include({ acr: SFA });
    });

    it('proves the second factor where an application asks for it, or wants it fresh, and where it is another person', async () => {
      await lotte.startSignIn('?way=second-factor');
      expect(await box().count(), 'not offered: it would not help').to.equal(0);
      await lotte.enterCode(code());
      await lotte.arrive();
      expect(journey.rp.last().claims).to.deep.include({ acr: MFA, amr: ['pwd', 'otp', 'mfa'] });
      await signIn('lotte', '?way=again');
      await lotte.enterCode(code());
      await lotte.arrive();
      await nextDay();
      await signIn('joost');
      expect(await box().count()).to.equal(1);
    });

    it('is listed on the page of its owner, who takes it off the list', async () => {
      await nextDay();
      await signIn('lotte');
      await lotte.arrive();
      await openAccount(journey, lotte, 'sessions');
      expect(await lotte.page.locator('input[name=code]').count(), 'this page asks all the same').to.equal(1);
      await lotte.enterCode(code());
      const listed = lotte.page.locator('form[action$="/account/devices"]');
      expect(await listed.count()).to.equal(1);
      const section = lotte.page.locator('section', { has: listed });
      expect(await section.innerText())
        .to.include(words.here)
        .and.include('127.0.0.1');
      await lotte.assertAccessible(locale);
      await lotte.press('form[action$="/account/devices"] button');
      expect(await lotte.page.locator('main').innerText()).to.include(words.none);
      await lotte.assertAccessible(locale);
      await nextDay();
      await signIn('lotte');
      expect(await lotte.page.locator('input[name=code]').count()).to.equal(1);
    });
  });
}
