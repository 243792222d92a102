import { expect } from 'chai';
import { MFA } from '../../src/domain/acr.ts';
import { Undelivered } from '../../src/domain/undelivered.ts';
import { appCode, wrongCode } from '../support/codes.ts';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { DAAN, FENNA, KEES, LOTTE, phonePeople, RUUD } from '../support/phone-people.ts';
import { Phones } from '../support/phones.ts';
import type { Pair } from '../support/world.ts';

const FIRST = '+31611111111';
const SECOND = '+31622222222';
const settings = { methods: ['totp', 'sms'] };
const ways: readonly { javaScriptEnabled: boolean; pair: Pair }[] = [
  { javaScriptEnabled: true, pair: 'PostgreSQL and Redis' },
  { javaScriptEnabled: false, pair: 'SQLite and memory' },
];

for (const { javaScriptEnabled, pair } of ways) {
  describe(`codes by text message ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    let journey: Journey;
    const phones = new Phones();
    before(async () => {
      journey = await openJourney(pair, { settings, lines: phonePeople, parts: { smsGateway: phones } });
    });
    after(() => journey.close());
    afterEach(() => {
      phones.failure = undefined;
    });

    async function signingIn(username: string, office = 'DEVRIES'): Promise<Visitor> {
      const visitor = await journey.visitor({ javaScriptEnabled, viewport: { width: 320, height: 700 } });
      await visitor.startSignIn();
      await visitor.enterPassword(username, office);
      return visitor;
    }

    /** In the wizard, at the first page about the phone. */
    async function settingUp(username: string): Promise<Visitor> {
      const visitor = await signingIn(username);
      await visitor.go();
      await visitor.page.locator('input[value=sms]').check();
      await visitor.go();
      return visitor;
    }

    /** axe needs JavaScript: without it, what is looked at elsewhere is the same page. */
    const assertAccessible = async (visitor: Visitor) => {
      if (javaScriptEnabled) await visitor.assertAccessible();
    };
    const enterNumber = async (visitor: Visitor, number: string) => {
      await visitor.page.locator('input[name=number]').fill(number);
      await visitor.go();
    };
    const summary = (visitor: Visitor) => visitor.page.locator('[role=alert]').textContent();
    /** Time passes, and the page is loaded again: its script cannot see the clock of a test. */
    const later = async (visitor: Visitor, seconds: number) => {
      journey.idp.clock.advance(seconds * 1_000);
      await visitor.page.reload();
    };

    async function arrive(visitor: Visitor): Promise<void> {
      await visitor.keepCodes();
      await visitor.arrive();
      expect(journey.rp.last().claims).to.deep.include({ acr: MFA, amr: ['pwd', 'sms', 'mfa'] });
    }

    it('a confirmed number', async () => {
      const ruud = await signingIn('ruud');
      expect(await ruud.heading()).to.equal('Enter the code from the message');
      expect(await ruud.page.locator('.number').textContent()).to.equal('+31 6 •••• ••56');
      expect(await ruud.page.content())
        .not.to.include('53123456')
        .and.not.include('5312');
      await assertAccessible(ruud);
      await ruud.page.reload();
      expect(phones.at(RUUD)).to.have.length(1);
      await ruud.enterCode(phones.wrongCode(RUUD));
      expect(await summary(ruud))
        .to.include('That code is not right')
        .and.include('2 tries left');
      await assertAccessible(ruud);
      await ruud.enterCode(phones.code(RUUD));
      await arrive(ruud);
    });

    it('a number that staff entered', async () => {
      const kees = await settingUp('kees');
      expect(await kees.heading()).to.equal('Is this your mobile number?');
      expect(await kees.page.locator('.big-number').textContent()).to.equal('+31 6 12345678');
      expect(await kees.page.locator('.advice').textContent())
        .to.include('for codes alone')
        .and.include('previews');
      await assertAccessible(kees);
      expect(phones.at(KEES)).to.deep.equal([]);
      await kees.go();
      expect(await kees.heading()).to.equal('Enter the code from the message');
      await assertAccessible(kees);
      await kees.enterCode(phones.code(KEES));
      await arrive(kees);
    });

    it('no number yet', async () => {
      const sanne = await settingUp('sanne');
      const { page } = sanne;
      expect(await sanne.heading()).to.equal('Enter your mobile number');
      await assertAccessible(sanne);
      expect(await page.locator('select[name=country]').isVisible()).to.equal(!javaScriptEnabled);
      const names = await page.locator('select option').allTextContents();
      expect(names.slice(0, 2)).to.deep.equal(['Netherlands (+31)', 'Belgium (+32)']);

      await enterNumber(sanne, '020 1234567');
      expect(await summary(sanne)).to.include('the number of a fixed line');
      expect(await page.locator('input[name=number]').inputValue()).to.equal('020 1234567');
      await assertAccessible(sanne);
      if (!javaScriptEnabled) await page.locator('select[name=country]').selectOption('BE');
      await enterNumber(sanne, javaScriptEnabled ? '+32 470 12 34 56' : '0470 12 34 56');
      expect(await page.locator('.lead').textContent()).to.include('+32 470 12 34 56');
      await sanne.enterCode(phones.code('+32470123456'));
      await arrive(sanne);
    });

    it('a number of the wrong kind', async () => {
      const iris = await settingUp('iris');
      const { page } = iris;
      const before = phones.messages.length;
      for (const [typed, words] of [
        ['020 1234567', 'the number of a fixed line'],
        ['+31 20 1234567', 'the number of a fixed line'],
        ['0900 1234', 'costs extra'],
        ['06 1234', 'too short'],
        ['+31 6 1234', 'too short'],
        ['+34 612 34 56 78', "don't send messages to this country"],
        ['06 1234 567a', 'has digits alone'],
        ['+31 31 6 12345678', 'country code is in the number twice'],
      ] as const) {
        await enterNumber(iris, typed);
        expect(await summary(iris), typed).to.include(words);
        expect(await page.locator('.error').first().textContent(), typed).to.include(words);
        expect(await page.locator('input[name=number]').inputValue()).to.equal(typed);
      }
      expect(phones.messages).to.have.length(before);
    });

    it('a number that no message reaches', async () => {
      const otto = await settingUp('otto');
      phones.failure = new Undelivered('refused', 'of a test');
      await enterNumber(otto, '06 11111119');
      expect(await summary(otto)).to.include("We can't send messages to this number");
      expect(await otto.page.locator('.lead').textContent()).to.include('The code was meant for +31 6 11111119');
      expect(await otto.page.locator('button.way').allInnerTexts()).to.deep.equal(['Use your authenticator app']);
      await assertAccessible(otto);
      await otto.press('button[value=change]');
      phones.failure = undefined;
      await enterNumber(otto, '06 11111112');
      await otto.enterCode(phones.code('+31611111112'));
      await arrive(otto);
    });

    it('a number that nobody else may change', async () => {
      const piet = await signingIn('piet', 'STRICT');
      await piet.go();
      await piet.page.locator('input[value=sms]').check();
      await piet.go();
      expect(await piet.page.locator('main').textContent()).to.include('ask the superuser of your office');
      expect(await piet.page.locator('button[value=change]').count()).to.equal(0);
      await assertAccessible(piet);
      await piet.go();
      expect(await piet.page.locator('button[value=change]').count()).to.equal(0);
      await piet.enterCode(phones.code(KEES));
      await arrive(piet);
    });

    it('sent again, and to another number', async () => {
      const bea = await settingUp('bea');
      const { page } = bea;
      await enterNumber(bea, '06 11111111');
      const again = page.locator('button[value=resend]');
      if (javaScriptEnabled) expect(await again.isDisabled(), 'not yet').to.equal(true);
      else {
        await bea.press('button[value=resend]');
        expect(await summary(bea)).to.match(
          /You have just asked for a message\. You can have it sent again in \d+ seconds/,
        );
        await assertAccessible(bea);
      }
      expect(phones.at(FIRST)).to.have.length(1);
      await later(bea, 30);
      await bea.press('button[value=resend]');
      const codes = phones.at(FIRST).map(({ text }) => text.slice(-6));
      expect(codes).to.deep.equal([codes[0], codes[0]]);

      await bea.press('button[value=change]');
      expect(await page.locator('input[name=number]').inputValue()).to.equal('+31 6 11111111');
      await enterNumber(bea, '06 22222222');
      const [old = ''] = codes;
      if (old !== phones.code(SECOND)) {
        await bea.enterCode(old);
        expect(await summary(bea)).to.include('That code is not right');
      }
      await bea.enterCode(phones.code(SECOND));
      await arrive(bea);
    });

    it('one block for all codes', async () => {
      const daan = await signingIn('daan');
      await daan.enterCode(wrongCode(journey.idp.clock));
      await daan.page.locator('summary', { hasText: "I can't use this method" }).click();
      await daan.press('button.way:has-text("text message")');
      await daan.enterCode(phones.wrongCode(DAAN));
      await daan.enterCode(phones.wrongCode(DAAN));
      expect(await daan.heading()).to.equal('Blocked for a while');
      const again = await signingIn('daan');
      expect(await again.heading()).to.equal('Blocked for a while');
      expect(phones.at(DAAN)).to.have.length(1);
    });

    it('to the app and back, without a second message', async () => {
      const fenna = await signingIn('fenna');
      const change = async (name: string) => {
        await fenna.page.locator('summary', { hasText: "I can't use this method" }).click();
        await fenna.press(`button.way:has-text("${name}")`);
      };
      await change('text message');
      await change('authenticator app');
      expect(await fenna.heading()).to.equal('Enter the code from your app');
      await change('text message');
      expect(await fenna.heading()).to.equal('Enter the code from the message');
      expect(phones.at(FENNA)).to.have.length(1);
      await fenna.enterCode(phones.code(FENNA));
      await arrive(fenna);
    });

    it('a message that cannot be sent', async () => {
      phones.failure = new Undelivered('unreachable', 'of a test');
      const hugo = await signingIn('hugo');
      await hugo.page.locator('summary', { hasText: "I can't use this method" }).click();
      await hugo.press('button.way:has-text("text message")');
      for (const look of ['at first', 'on a reload']) {
        expect(await summary(hugo), look).to.include('We could not send the message');
        await hugo.page.reload();
      }
      await assertAccessible(hugo);
      await hugo.press('button.way:has-text("authenticator app")');
      await hugo.enterCode(appCode(journey.idp.clock));
      await hugo.keepCodes();
      await hugo.arrive();
    });
  });
}

describe('the wait before a message is sent again', () => {
  let journey: Journey;
  before(async () => {
    journey = await openJourney('SQLite and memory', {
      settings,
      lines: phonePeople,
      parts: { smsGateway: new Phones() },
    });
  });
  after(() => journey.close());

  it('is counted down in sight, and holds the button until it is over', async () => {
    const ruud = await journey.visitor();
    const { page } = ruud;
    // Time stands still but for what the test lets pass.
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
    await ruud.startSignIn();
    await ruud.enterPassword('ruud', 'DEVRIES');
    const again = page.locator('button[value=resend]');
    const hint = page.locator('.again .hint');
    expect(await hint.textContent()).to.equal('You can have it sent again in 30 seconds.');
    await page.clock.runFor(20_000);
    expect(await hint.textContent()).to.equal('You can have it sent again in 10 seconds.');
    expect(await again.isDisabled()).to.equal(true);
    await page.clock.runFor(10_000);
    expect(await hint.textContent()).to.equal('');
    expect(await again.isEnabled()).to.equal(true);
  });
});

describe('the field for a phone number', () => {
  let journey: Journey;
  before(async () => {
    const parts = { smsGateway: new Phones() };
    const many = {
      ...settings,
      sms: { countries: ['NL', 'BE', 'DE', 'FR', 'GB', 'LU', 'CH', 'AT', 'US', 'SE', 'DK', 'ES'] },
    };
    journey = await openJourney('SQLite and memory', { settings: many, lines: phonePeople, parts });
  });
  after(() => journey.close());

  async function reachField(visitor: Visitor): Promise<void> {
    await visitor.startSignIn();
    await visitor.enterPassword('sanne', 'DEVRIES');
    await visitor.go();
    await visitor.page.locator('input[value=sms]').check();
    await visitor.go();
  }

  it('lets the flag follow what is typed with a country code', async () => {
    const sanne = await journey.visitor();
    await reachField(sanne);
    const { page } = sanne;
    const flag = page.locator('button.iti__selected-country');
    const country = page.locator('select[name=country]');
    for (const [typed, title, posted] of [
      ['06', 'Netherlands', 'NL'],
      ['+32470', 'Belgium', 'BE'],
      ['+44 7400', 'United Kingdom', 'GB'],
      ['+31 6', 'Netherlands', 'NL'],
    ] as const) {
      await page.locator('input[name=number]').fill('');
      await page.locator('input[name=number]').pressSequentially(typed);
      expect(await flag.getAttribute('title'), typed).to.equal(title);
      expect(await country.inputValue(), typed).to.equal(posted);
    }
  });

  it('is a list and a plain field where its script does not come, and as accessible', async () => {
    const sanne = await journey.visitor();
    await sanne.page.route('**/assets/*.js', (route) => route.abort());
    await reachField(sanne);
    await sanne.assertAccessible();
    expect(
      await sanne.page.locator('optgroup').evaluateAll((groups) => groups.map((group) => group.getAttribute('label'))),
    ).to.deep.equal(['Most used', 'Other countries']);
    await sanne.page.locator('select[name=country]').selectOption({ label: 'Spain (+34)' });
    await sanne.page.locator('input[name=number]').fill('612 34 56 78');
    await sanne.go();
    expect(await sanne.page.locator('.lead').textContent()).to.include('+34 612 34 56 78');
  });

  it('shows the six most used countries first, then the others by name, in the language of the page', async () => {
    const sanne = await journey.visitor({ locale: 'nl' });
    await reachField(sanne);
    const { page } = sanne;
    await page.locator('button.iti__selected-country').click();
    const names = await page.locator('.iti__country-name').allTextContents();
    const first = ['Nederland', 'België', 'Duitsland', 'Frankrijk', 'Verenigd Koninkrijk', 'Luxemburg'];
    const others = ['Denemarken', 'Oostenrijk', 'Spanje', 'Verenigde Staten', 'Zweden', 'Zwitserland'];
    expect(names.map((name) => name.replace(/ \(.*/, ''))).to.deep.equal([...first, ...others]);
    await sanne.assertAccessible('nl');
    await page.locator('.iti__search-input').fill('zwed');
    // The list is shortened a moment after the last key.
    await page.locator('.iti__country').nth(1).waitFor({ state: 'hidden' });
    await page.locator('.iti__country', { hasText: 'Zweden' }).click();
    expect(await page.locator('select[name=country]').inputValue()).to.equal('SE');
  });
});

describe('codes by text message in Dutch, on SQLite and memory', () => {
  let journey: Journey;
  const phones = new Phones();
  before(async () => {
    journey = await openJourney('SQLite and memory', { settings, lines: phonePeople, parts: { smsGateway: phones } });
  });
  after(() => journey.close());

  it('from a number that is not known to the next sign-in', async () => {
    const sanne = await journey.visitor({ locale: 'nl-NL' });
    await sanne.startSignIn();
    await sanne.enterPassword('sanne', 'DEVRIES');
    await sanne.go();
    await sanne.page.locator('input[value=sms]').check();
    await sanne.assertAccessible('nl');
    await sanne.go();
    expect(await sanne.heading()).to.equal('Vul je mobiele nummer in');
    await sanne.page.locator('input[name=number]').fill('0900 1234');
    await sanne.go();
    expect(await sanne.page.locator('[role=alert]').textContent()).to.include('kosten extra');
    await sanne.assertAccessible('nl');
    await sanne.page.locator('input[name=number]').fill('06-12345678');
    await sanne.go();
    expect(await sanne.heading()).to.equal('Vul de code uit de sms in');
    await sanne.assertAccessible('nl');
    expect(phones.at(KEES)[0]?.text).to.match(/^\d{6} is je code voor Sluis\./);
    await sanne.enterCode(phones.code(KEES));
    await sanne.keepCodes();
    await sanne.arrive();

    // The application asks for English pages; a message is read elsewhere, in somebody's own language.
    const lotte = await journey.visitor({ locale: 'en' });
    await lotte.startSignIn();
    await lotte.enterPassword('lotte', 'DEVRIES');
    expect(await lotte.heading()).to.equal('Enter the code from the message');
    expect(phones.at(LOTTE)[0]?.text).to.include('Deel deze met niemand');
    await lotte.enterCode(phones.code(LOTTE));
    await lotte.keepCodes();
    await lotte.arrive();
  });
});
