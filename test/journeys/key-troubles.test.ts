import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Journey, openJourney, type Visitor } from '../support/journey.ts';
import { VirtualKeys } from '../support/webauthn/virtual-key.ts';

const texts = JSON.parse(readFileSync(new URL(import.meta.resolve('#root/views/texts/en.json')), 'utf8'));
/** What the page says for each name of an error, in the words of the factor where it has its own. */
const words: Readonly<Record<string, string>> = {
  ...texts.webauthn.trouble,
  ...texts.factor['security-key'].trouble,
};

/** Posts this as the browser's answer. @returns the status of the page that follows */
async function post({ page }: Visitor, response: string): Promise<number | undefined> {
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.locator('input[name=response]').evaluate((input, value) => {
      Reflect.set(input, 'value', value);
      Reflect.get(input, 'form').submit();
    }, response),
  ]);
  return answer?.status();
}

describe('trouble with a key', () => {
  let journey: Journey;
  let noor: Visitor;
  let keys: VirtualKeys;
  before(async () => {
    journey = await openJourney('PostgreSQL and Redis', { settings: { methods: ['totp', 'security-key'] } });
  });
  after(() => journey.close());
  beforeEach(async () => {
    noor = await journey.visitor();
    keys = await VirtualKeys.of(noor.page);
    await noor.startSignIn();
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.page.locator('input[value=security-key]').check();
    await noor.go();
  });

  it('is told in plain words for each error that a browser knows, and can be tried again or left', async () => {
    const { page } = noor;
    await page.evaluate(
      'navigator.credentials.create = async () => { throw new DOMException("not for people", window.trouble); };',
    );
    const names = [...Object.keys(words).filter((name) => name !== 'other'), 'QuotaExceededError'];
    expect(names).to.include.members(['NotAllowedError', 'InvalidStateError', 'SecurityError', 'AbortError']);
    for (const name of names) {
      await page.evaluate((trouble) => Reflect.set(globalThis, 'trouble', trouble), name);
      await page.locator('[data-start]').click();
      await page.locator('[data-trouble]:not(:empty)').waitFor();
      const told = await page.locator('[data-trouble]').textContent();
      expect(told, name).to.equal(words[name] ?? words.other);
      expect(told, name).to.not.match(/Error|not for people/);
      expect(await page.locator('[data-start]').textContent(), name).to.equal('Try again');
      expect(await page.locator('[data-start]').isEnabled(), name).to.equal(true);
      expect(await page.locator('[data-status]').textContent(), name).to.equal('');
    }
    await noor.assertAccessible();
    await noor.press('button[value=back]');
    expect(await noor.heading()).to.equal('Choose your second step');
  });

  it('says what to do while it waits for a touch', async () => {
    await keys.plugIn({ touched: false });
    await noor.page.locator('[data-start]').click();
    await noor.page.locator('[data-status]:not(:empty)').waitFor();
    expect(await noor.page.locator('[data-status]').textContent()).to.match(/Touch it when it blinks/);
    expect(await noor.page.locator('[data-start]').isDisabled()).to.equal(true);
    await noor.assertAccessible();
  });

  it('whatever is posted in the place of an answer: a page that says so, and never an error of ours', async () => {
    for (const response of [
      '',
      '{',
      'null',
      '[]',
      '{"id":1}',
      '\u0000',
      'A'.repeat(30_000),
      `"${'é'.repeat(1_000)}"`,
    ]) {
      expect(await post(noor, response), response.slice(0, 20)).to.equal(422);
      expect(await noor.page.locator('[role=alert]').first().textContent()).to.match(/could not be read/);
    }
    expect(await post(noor, 'A'.repeat(1024 * 1024)), 'an attestation of 1 MB').to.equal(413);
    const levels = journey.idp.log.map((line) => JSON.parse(line).level);
    expect(Math.max(...levels), 'errors in the log').to.be.below(50);
    expect(journey.idp.log.join('')).to.include('body-too-large');

    await keys.plugIn();
    await noor.startSignIn('?way=again');
    await noor.enterPassword('noor', 'DEVRIES');
    await noor.go();
    await noor.page.locator('input[value=security-key]').check();
    await noor.go();
    await noor.press('[data-start]');
    expect(await noor.heading(), 'none of it counted').to.equal('Give this key a name');
  });
});
