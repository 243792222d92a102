import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { createMailOutbox } from '../../src/delivery/mail/outbox.ts';
import { createOutbox, type Outbox } from '../../src/delivery/sms/outbox.ts';
import { sharedBrowser } from '../support/browser.ts';
import { FakeClock } from '../support/clock.ts';
import { type RunningRelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { Surfer } from './surfer.ts';

const registration = { issuer: 'http://localhost:1', clientId: 'demo', clientSecret: 'a-secret-of-the-client' };
const message = { to: '+31612345678', text: 'Uw code is 123456.\n\n@localhost #123456 <b>', id: 'one' };

describe('text messages in the demo application', () => {
  let outbox: Outbox;
  let rp: RunningRelyingParty;
  let browser: Browser;

  before(async () => {
    browser = await sharedBrowser();
  });
  beforeEach(async () => {
    outbox = createOutbox(new FakeClock());
    rp = await startRelyingParty({ ...registration, messages: outbox.messages });
  });
  afterEach(() => rp.close());

  it('are on a page that the first one leads to, the latest first', async () => {
    const surfer = new Surfer();
    expect(await surfer.get(rp.url)).to.include('href="/messages"');
    expect(await surfer.get(`${rp.url}/messages`)).to.include('There is no message yet');

    await outbox.send(message);
    await outbox.send({ ...message, text: 'A second one' });
    const page = await surfer.get(`${rp.url}/messages?lang=nl`);
    expect(page).to.include('Aan +31612345678').and.to.include('&lt;b&gt;').and.to.include('href="/messages?lang=en"');
    expect(page.indexOf('A second one')).to.be.lessThan(page.indexOf('Uw code is 123456'));
  });

  it('come without a reload, line by line', async () => {
    const page = await browser.newPage();
    await page.goto(`${rp.url}/messages`);
    await outbox.send(message);
    const text = page.locator('.message .text');
    await text.waitFor();
    expect(await text.innerText()).to.equal(message.text);
    await page.close();
  });

  it('are beside the mails, whose links can be followed', async () => {
    const mails = createMailOutbox(new FakeClock());
    const link = 'http://localhost:3000/password?token=abc';
    await mails.send({ to: 'jan@devries.example', subject: 'Choose <b>', text: `Open ${link}.`, html: '', id: 'm' });
    const withMail = await startRelyingParty({ ...registration, messages: outbox.messages, mails: mails.mails });
    const page = await new Surfer().get(`${withMail.url}/messages`);
    expect(page).to.include('Choose &lt;b&gt;').and.to.include(`<a href="${link}" target="_blank">`);
    expect(page).to.include('jan@devries.example');
    await withMail.close();
  });

  it('are not there where the provider runs elsewhere', async () => {
    const alone = await startRelyingParty(registration);
    expect((await fetch(`${alone.url}/messages`)).status).to.equal(404);
    expect(await new Surfer().get(alone.url)).to.not.include('/messages');
    await alone.close();
  });
});
