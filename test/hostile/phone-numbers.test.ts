import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { Undelivered } from '../../src/domain/undelivered.ts';
import { KEES, LOTTE, phonePeople } from '../support/phone-people.ts';
import { Phones } from '../support/phones.ts';
import { pairs } from '../support/world.ts';
import { post, redeem } from './support/application.ts';
import { type Asked, ask, Browser, hidden, type Landed, stepOf } from './support/browser.ts';
import { dumpStores } from './support/dumps.ts';
import { type Answer, send } from './support/http.ts';
import { openTarget, type Target } from './support/target.ts';

const TYPED = '+31655551234';
const settings = { methods: ['totp', 'sms'], metrics: true };
/** Everything that an application may ask for. */
const claims = JSON.stringify({
  id_token: { phone_number: { essential: true }, phone_number_verified: null },
  userinfo: { phone_number: { essential: true } },
});
const eager = () => ask({ scope: 'openid profile email phone address', claims });

for (const pair of pairs) {
  describe(`phone numbers, on ${pair}`, () => {
    const phones = new Phones();
    let target: Target;
    /** What applications and strangers were told. */
    const told: string[] = [];
    /** What those were told who did something wrong with a number in it: status and page. */
    const errors: Answer[] = [];
    /** Pages of people who are signing in with a number that is confirmed. */
    const pages: string[] = [];

    before(async () => {
      target = await openTarget(pair, { settings, lines: phonePeople, parts: { smsGateway: phones } });
      await typed();
      await entered();
      await confirmed();
      await mistaken();
      told.push((await send(target.address, { path: '/metrics' })).body);
      told.push((await send(target.address, { path: '/.well-known/openid-configuration' })).body);
    });
    after(() => target.idp.close());

    /** In the wizard, at the first page about the phone. */
    async function settingUp(browser: Browser, username: string, asked: Asked): Promise<Landed> {
      const page = await browser.password(await browser.begin(asked), username, 'DEVRIES');
      const choice = await browser.answer(page, { act: 'answer' });
      return browser.answer(choice, { act: 'choose', factor: 'sms' });
    }

    /** What the application gets for a sign-in that ends here. */
    async function redeemed({ left }: Landed, { verifier }: Asked): Promise<void> {
      const answer = await redeem(target, left?.searchParams.get('code') ?? '', verifier);
      const { access_token, id_token, refresh_token } = JSON.parse(answer.body);
      const authorization = `Bearer ${access_token}`;
      const also: Answer[] = [
        await send(target.address, { path: '/me', headers: { authorization } }),
        await post(target, '/token/introspection', { form: { token: access_token } }),
        await post(target, '/token', { form: { grant_type: 'refresh_token', refresh_token } }),
      ];
      told.push(JSON.stringify(decodeJwt(id_token)), ...also.map(({ body }) => body));
      expect(decodeJwt(id_token)).to.deep.include({ amr: ['pwd', 'sms', 'mfa'] });
    }

    /** A number that is typed, wrong ones before it, with messages that are not sent. */
    async function typed(): Promise<void> {
      const browser = new Browser(target);
      const asked = eager();
      let page = await settingUp(browser, 'sanne', asked);
      await browser.answer(page, { number: `${TYPED}9999`, country: 'NL' });
      for (const failure of [
        new Undelivered('refused', '21211'),
        new Error(`no route to ${TYPED}`),
        Object.assign(new Error('refused'), { to: TYPED, config: { body: TYPED } }),
      ]) {
        phones.failure = failure;
        page = await browser.answer(page, { number: TYPED, country: 'NL' });
        page = await browser.answer(page, { act: 'change' });
        target.idp.clock.advance(30_000);
      }
      phones.failure = undefined;
      page = await browser.answer(page, { number: '06 5555 1234', country: 'NL' });
      page = await browser.answer(page, { code: phones.wrongCode(TYPED) });
      await redeemed(await browser.code(page, phones.code(TYPED)), asked);
    }

    /** A number that staff entered. */
    async function entered(): Promise<void> {
      const browser = new Browser(target);
      const asked = eager();
      const page = await browser.answer(await settingUp(browser, 'kees', asked), { act: 'answer' });
      await redeemed(await browser.code(page, phones.code(KEES)), asked);
    }

    /** A confirmed one; and a sign-in that is left open. */
    async function confirmed(): Promise<void> {
      const browser = new Browser(target);
      const asked = eager();
      let page = await browser.password(await browser.begin(asked), 'lotte', 'DEVRIES');
      expect(stepOf(page)).to.equal('prove:sms');
      pages.push(page.answer.body);
      page = await browser.answer(page, { code: phones.wrongCode(LOTTE) });
      pages.push(page.answer.body);
      await redeemed(await browser.code(page, phones.code(LOTTE)), asked);
      phones.failure = new Undelivered('unreachable', 'of a test');
      const open = new Browser(target);
      pages.push((await open.password(await open.begin(), 'lotte', 'DEVRIES')).answer.body);
      await settingUp(new Browser(target), 'kees', ask());
    }

    /** A number where none belongs, or in a request that is turned away. */
    async function mistaken(): Promise<void> {
      const browser = new Browser(target);
      const { path, answer } = await settingUp(browser, 'bea', ask());
      const form = { ...hidden(answer), number: TYPED };
      const typed = encodeURIComponent(TYPED);
      errors.push(
        await browser.post(path, form, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }),
        await browser.post('/interaction/that-nobody-began', form),
        await browser.post(path, { ...form, more: 'x'.repeat(40_000) }),
        await browser.post(path, form, { 'content-type': 'application/json' }),
        await browser.get(`/nowhere/${typed}?number=${typed}`),
        await browser.get(`/auth?client_id=web&redirect_uri=https://elsewhere.example/&login_hint=${typed}`),
        await post(target, '/token', { form: { grant_type: 'password', phone_number: TYPED } }),
      );
    }

    /** The numbers and codes that are found, in any writing. */
    function found(lines: readonly string[]): string[] {
      const haystack = lines.join('\n');
      const numbers = [TYPED, KEES, LOTTE].flatMap((number) => {
        const [, national = ''] = /^\+3[12](\d+)$/.exec(number) ?? [];
        const spaced = [
          `${national.slice(0, 1)} ${national.slice(1)}`,
          national.replace(/(\d{3})(..)(..)(..)/, '$1 $2 $3 $4'),
        ];
        const encoded = (['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(number).toString(form));
        return [national, ...spaced, encodeURIComponent(number), ...encoded];
      });
      const codes = phones.messages.map(({ text }) => text.slice(-6));
      return [
        ...numbers.filter((number) => haystack.includes(number)),
        ...codes.filter((code) => new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(haystack)),
      ];
    }

    it('were used, and messages sent', () => {
      expect(phones.messages.map(({ to }) => to)).to.have.members([TYPED, KEES, LOTTE]);
      expect(told.length).to.equal(3 * 4 + 2);
      expect(target.idp.log.length).to.be.greaterThan(40);
    });

    it('are told to no application, in no token, claim or metric', () => {
      expect(told.join('\n')).to.include('sluis_requests_total').and.include('introspection_endpoint');
      expect(told.join('\n')).not.to.match(/"phone_number/);
      expect(found(told)).to.deep.equal([]);
    });

    it('are in no error', () => {
      expect(errors.map(({ status }) => status)).to.deep.equal([403, 400, 413, 415, 404, 400, 400]);
      expect(found(errors.map(({ body, headers }) => `${body}\n${JSON.stringify(headers)}`))).to.deep.equal([]);
    });

    it('are in no log, at the level of most detail, whatever a gateway says when it fails', () => {
      expect(target.idp.log.join('')).to.include('text message not sent').and.include('text message sent');
      expect(found(target.idp.log)).to.deep.equal([]);
    });

    it('are not in a copy of the stores, the audit log included', async () => {
      const lines = await dumpStores(target.idp.settings);
      for (const kept of ['text-message.sent', 'text-message.undelivered', 'factor.undelivered', 'factor.enrolled']) {
        expect(lines.join('\n')).to.include(kept);
      }
      expect(found(lines)).to.deep.equal([]);
    });

    it('are shown masked, once confirmed', () => {
      expect(pages[0]).to.include('+32 4 •••• ••56');
      expect(found(pages)).to.deep.equal([]);
    });
  });
}
