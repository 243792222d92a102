import { expect } from 'chai';
import { openAccount } from '../support/account-page.ts';
import { appCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { DAAN, phonePeople, RUUD } from '../support/phone-people.ts';
import { Phones } from '../support/phones.ts';
import type { Pair } from '../support/world.ts';

interface Way {
  readonly pair: Pair;
  readonly locale: 'en' | 'nl';
  readonly javaScriptEnabled: boolean;
  readonly width: number;
}

const ways: readonly Way[] = [
  { pair: 'PostgreSQL and Redis', locale: 'en', javaScriptEnabled: true, width: 1280 },
  { pair: 'SQLite and memory', locale: 'nl', javaScriptEnabled: true, width: 1280 },
  { pair: 'SQLite and memory', locale: 'en', javaScriptEnabled: false, width: 320 },
];
const MINUTE = 60_000;
const settings = { methods: ['totp', 'sms'] };

for (const { pair, locale, javaScriptEnabled, width } of ways) {
  describe(`one's own second factors on ${pair}, ${locale}, ${javaScriptEnabled ? '' : 'without JavaScript, '}${width} px`, () => {
    let journey: Journey;
    const phones = new Phones();
    before(async () => {
      journey = await openJourney(pair, { settings, lines: phonePeople, parts: { smsGateway: phones } });
    });
    after(() => journey.close());

    const visitor = () => journey.visitor({ locale, javaScriptEnabled, viewport: { width, height: 800 } });
    /** axe needs JavaScript. */
    const look = async (person: Visitor) => {
      if (javaScriptEnabled) await person.assertAccessible(locale);
    };
    const methods = (person: Visitor) => person.page.locator('.thing-name').allTextContents();
    const open = async (person: Visitor, index = 0) => {
      const details = person.page.locator('.thing details').nth(index);
      if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    };
    const isOn = (person: Visitor) => expect(new URL(person.page.url()).pathname).to.equal('/account/methods');

    /** On the page about methods, right after a code by text message. */
    async function withPhone(username: string, number: string): Promise<Visitor> {
      const person = await visitor();
      await openAccount(journey, person, 'methods');
      await person.enterPassword(username, 'DEVRIES');
      await person.enterCode(phones.code(number));
      await person.keepCodes();
      isOn(person);
      return person;
    }

    it('a text message makes room for an app, once that works', async () => {
      const ruud = await withPhone('ruud', RUUD);
      await look(ruud);
      expect(await ruud.page.locator('button[disabled]').isVisible(), 'the office demands it').to.equal(true);
      expect(await ruud.page.content()).to.not.include(RUUD.slice(3));
      await open(ruud);
      expect(await ruud.page.locator('button[value=remove]').count(), 'the last one stays').to.equal(0);

      // Begun and given up: nothing changes.
      await ruud.page.locator('input[name=factor][value=totp]').check();
      await ruud.page.locator('input[name=instead]').check();
      await ruud.press('button[value=add]');
      await look(ruud);
      await ruud.press('button[value=cancel]');
      await openAccount(journey, ruud, 'methods');
      expect(await methods(ruud)).to.have.length(1);

      await ruud.page.locator('input[name=factor][value=totp]').check();
      await ruud.page.locator('input[name=instead]').check();
      await ruud.press('button[value=add]');
      await ruud.setUpApp();
      isOn(ruud);
      expect(await ruud.page.locator('[role=status]').count(), 'it says so').to.be.greaterThan(0);
      const [only = '', ...none] = await methods(ruud);
      expect(only).to.match(/^Authenticator/);
      expect(none).to.deep.equal([]);
      await look(ruud);

      journey.idp.clock.advance(MINUTE);
      const elsewhere = await visitor();
      await elsewhere.startSignIn();
      await elsewhere.enterPassword('ruud', 'DEVRIES');
      await elsewhere.enterCode(appCode(journey.idp.clock, ruud.key));
      await elsewhere.arrive();
    });

    it('of two, one is asked first, and one can go', async () => {
      const person = await visitor();
      await openAccount(journey, person, 'methods');
      await person.enterPassword('daan', 'DEVRIES');
      const first = await person.heading();
      if (await person.page.locator('.number').count()) await person.enterCode(phones.code(DAAN));
      else await person.enterCode(appCode(journey.idp.clock));
      await person.keepCodes();
      expect(await methods(person), first).to.have.length(2);
      await open(person, 1);
      await person.press('.thing:nth-child(2) button[value=prefer]');
      expect(await person.page.locator('.thing:nth-child(2) .tag').count()).to.equal(1);
      await open(person, 0);
      await look(person);
      await person.press('.thing:nth-child(1) button[value=remove]');
      isOn(person);
      expect(await methods(person)).to.have.length(1);
    });

    it('asks for the second step once more when the last proof is too old, and goes on where it was', async () => {
      const daan = await visitor();
      await openAccount(journey, daan);
      await daan.enterPassword('fenna', 'DEVRIES');
      await daan.enterCode(appCode(journey.idp.clock));
      await daan.keepCodes();
      journey.idp.clock.advance(6 * MINUTE);
      await daan.press('a[href$="/account/methods"]');
      expect(await daan.page.locator('input[name=password]').count(), 'not the password').to.equal(0);
      await daan.enterCode(appCode(journey.idp.clock));
      isOn(daan);

      // Left open for too long, a form changes nothing.
      journey.idp.clock.advance(6 * MINUTE);
      await open(daan);
      await daan.press('.thing button[value=remove]');
      await daan.enterCode(appCode(journey.idp.clock));
      isOn(daan);
      expect(await methods(daan)).to.have.length(2);
    });

    it('new recovery codes are shown once, and the old ones end', async () => {
      const bram = await visitor();
      await openAccount(journey, bram, 'methods');
      await bram.enterPassword('bram', 'MOLEN');
      await bram.enterCode(appCode(journey.idp.clock));
      const [old = ''] = await bram.keepCodes();
      await bram.press('button[value=codes]');
      const [fresh = ''] = await bram.keepCodes();
      isOn(bram);
      for (const [code, works] of [
        [old, false],
        [fresh, true],
      ] as const) {
        const lost = await visitor();
        await lost.startSignIn();
        await lost.enterPassword('bram', 'MOLEN');
        await lost.page.locator('details:has(button[value=choose]) summary').click();
        await lost.press('button[value=choose]');
        await lost.enterCode(code);
        if (works) await lost.arrive();
        else expect(await lost.page.locator('[role=alert]').count()).to.equal(1);
      }
    });

    it('can be turned on and off again where nobody demands it', async () => {
      const mila = await visitor();
      await openAccount(journey, mila, 'methods');
      await mila.enterPassword('mila', 'MOLEN');
      isOn(mila);
      await look(mila);
      await mila.press('button[value=begin]');
      await mila.go();
      await mila.page.locator('input[value=totp]').check();
      await mila.go();
      await mila.setUpApp();
      await mila.keepCodes();
      isOn(mila);
      expect(await methods(mila)).to.have.length(1);
      await mila.page.locator('.own:last-of-type summary').click();
      await mila.press('button[value=turn-off]');
      isOn(mila);
      expect(await methods(mila)).to.have.length(0);
    });
  });
}
