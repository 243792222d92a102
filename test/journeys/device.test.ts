import { expect } from 'chai';
import * as openid from 'openid-client';
import { MFA } from '../../src/domain/acr.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { rejection } from '../support/rejection.ts';
import type { Pair } from '../support/world.ts';

const television = {
  type: 'client',
  id: 'tv',
  name: 'Television',
  firstParty: true,
  metadata: {
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    response_types: [],
    redirect_uris: [],
  },
};

const words = {
  en: {
    enter: 'Connect a device',
    wrong: 'No device is waiting with this code',
    confirm: 'Is this your device?',
    declined: 'You said no',
    done: 'Your device is signed in',
  },
  nl: {
    enter: 'Een apparaat koppelen',
    wrong: 'Er wacht geen apparaat met deze code',
    confirm: 'Is dit jouw apparaat?',
    declined: 'Je hebt nee gezegd',
    done: 'Je apparaat is ingelogd',
  },
};

const ways: readonly [Pair, Locale, javaScriptEnabled: boolean, width: number][] = [
  ['PostgreSQL and Redis', 'en', true, 1_000],
  ['SQLite and memory', 'nl', false, 320],
];

for (const [pair, locale, javaScriptEnabled, width] of ways) {
  describe(`a device without a keyboard, in ${locale}, on ${pair}`, () => {
    const says = words[locale];
    let journey: Journey;
    let device: openid.Configuration;
    before(async () => {
      journey = await openJourney(pair, { settings: { oidc: { deviceFlow: true } }, lines: [television] });
      device = await openid.discovery(new URL(journey.idp.issuer), 'tv', undefined, openid.None(), {
        execute: [openid.allowInsecureRequests],
      });
    });
    after(() => journey.close());

    const begin = () => openid.initiateDeviceAuthorization(device, { scope: 'openid profile', acr_values: MFA });
    const poll = (begun: openid.DeviceAuthorizationResponse) =>
      openid.pollDeviceAuthorizationGrant(device, { ...begun, interval: 0.01 });
    const person = () => journey.visitor({ locale, javaScriptEnabled, viewport: { width, height: 800 } });
    // It is a script that finds out.
    const assertAccessible = async (visitor: Visitor) => javaScriptEnabled && visitor.assertAccessible(locale);
    async function enter(visitor: Visitor, code: string): Promise<void> {
      await visitor.page.locator('input[name=user_code]').fill(code);
      await visitor.go();
    }

    it('is signed in by its owner, who enters its code elsewhere', async () => {
      const begun = await begin();
      const visitor = await person();
      await visitor.page.goto(begun.verification_uri);
      expect(await visitor.heading()).to.equal(says.enter);
      await assertAccessible(visitor);
      await enter(visitor, 'BBBB-BBBB');
      expect(await visitor.page.locator('main').textContent()).to.include(says.wrong);
      expect(await visitor.page.locator('input[name=user_code]').inputValue(), 'to be mended').to.match(/^BBBB.BBBB$/);
      await assertAccessible(visitor);
      await enter(visitor, begun.user_code.toLowerCase().replace('-', ' '));
      expect(await visitor.heading()).to.equal(says.confirm);
      const shown = await visitor.page.locator('main').textContent();
      expect(shown).to.include(begun.user_code).and.to.include('Television');
      await assertAccessible(visitor);
      await visitor.go();
      await visitor.enterPassword('teun', 'DEVRIES');
      await visitor.enterCode(appCode(journey.idp.clock));
      await visitor.keepCodes();
      expect(await visitor.heading()).to.equal(says.done);
      await assertAccessible(visitor);
      const tokens = await poll(begun);
      expect(tokens.claims()).to.deep.include({ aud: 'tv', acr: MFA, amr: ['pwd', 'otp', 'mfa'] });
      expect(journey.idp.log.join(''), 'the code in the log').to.not.include(begun.user_code);

      // Whoever is signed in already, and follows a link with the code in it, has only to look.
      const second = await begin();
      await visitor.page.goto(second.verification_uri_complete ?? '');
      expect(await visitor.page.locator('input[name=user_code]').inputValue()).to.equal(second.user_code);
      await visitor.go();
      expect(await visitor.heading()).to.equal(says.confirm);
      await visitor.go();
      expect(await visitor.heading()).to.equal(says.done);
      expect((await poll(second)).claims()?.sub).to.equal(tokens.claims()?.sub);
    });

    it('is told when somebody says no, before or in the sign-in', async () => {
      const visitor = await person();
      const begun = await begin();
      await visitor.page.goto(begun.verification_uri_complete ?? '');
      await visitor.go();
      await visitor.press('button[name=abort]');
      expect(await visitor.page.locator('main').textContent()).to.include(says.declined);
      await assertAccessible(visitor);
      expect(await refusal(poll(begun))).to.equal('access_denied');

      const another = await begin();
      await enter(visitor, another.user_code);
      await visitor.go();
      await visitor.press('button[name=act][value=cancel]');
      expect(await visitor.page.locator('main').textContent()).to.include(says.declined);
      expect(await refusal(poll(another))).to.equal('access_denied');
      await enter(visitor, another.user_code);
      expect(await visitor.page.locator('main').textContent()).to.include(says.wrong);
    });
  });
}

/** The error code with which a device is turned away. */
async function refusal(polling: Promise<unknown>): Promise<string | undefined> {
  const error = await rejection(polling);
  return error instanceof openid.ResponseBodyError ? error.error : String(error);
}
