import { expect } from 'chai';
import { post, redeem } from '../hostile/support/application.ts';
import { ask, Browser, hidden } from '../hostile/support/browser.ts';
import { codeOf } from '../hostile/support/http.ts';
import { openTarget, type Target } from '../hostile/support/target.ts';
import { appCode } from '../support/codes.ts';

const MINUTE = 60_000;

describe('what people end on their own page, in two processes on one Redis', () => {
  let here: Target;
  let there: Target & { stop(): Promise<void> };
  before(async () => {
    here = await openTarget('PostgreSQL and Redis');
    const second = await here.idp.another();
    there = { ...here, address: second.address, stop: second.stop };
  });
  after(async () => {
    await there.stop();
    await here.idp.close();
  });

  /** Somebody in another browser, who signs in to the application in the second process. */
  async function elsewhere() {
    here.idp.clock.advance(MINUTE);
    const browser = new Browser(there);
    const asked = ask();
    const first = await browser.begin(asked);
    const second = await browser.password(first, 'bram', 'MOLEN');
    let landed = await browser.code(second, appCode(here.idp.clock));
    if (landed.left === undefined) landed = await browser.answer(landed, { act: 'answer', kept: 'on' });
    const code = landed.left?.searchParams.get('code') ?? '';
    let { refresh_token: token } = JSON.parse((await redeem(there, code, asked.verifier)).body);
    return {
      refresh: async () => {
        const form = { grant_type: 'refresh_token', refresh_token: String(token) };
        const answer = await post(there, '/token', { form });
        if (answer.status !== 200) return codeOf(answer);
        token = JSON.parse(answer.body).refresh_token;
        return 200;
      },
      signedIn: async () =>
        (await browser.get('/account')).status === 200 || (await browser.begin()).left !== undefined,
    };
  }

  /** Somebody on their own page, in the first process. */
  async function atHome() {
    here.idp.clock.advance(MINUTE);
    const browser = new Browser(here);
    const first = await browser.follow(await browser.get('/account'));
    const second = await browser.password(first, 'bram', 'MOLEN');
    const landed = await browser.code(second, appCode(here.idp.clock));
    if (hidden(landed.answer).step !== undefined) await browser.answer(landed, { kept: 'on' });
    return {
      look: async (page: string) => (await browser.get(`/account/${page}`)).body,
      change: async (page: string, form: Readonly<Record<string, string>> = {}) => {
        const { answer } = await browser.follow(await browser.get('/account/sessions'));
        return (await browser.post(`/account/${page}`, { ...hidden(answer), ...form })).headers.location;
      },
    };
  }

  it('ends everything that is signed in anywhere else, at once', async () => {
    const phone = await elsewhere();
    const bram = await atHome();
    expect(await phone.refresh()).to.equal(200);
    expect(await phone.signedIn()).to.equal(true);
    expect(await bram.change('sessions')).to.match(/said=saved$/);
    // The clock stands still: nothing has to be forgotten first.
    expect(await phone.refresh()).to.equal('invalid_grant');
    expect(await phone.signedIn()).to.equal(false);
    expect(await bram.look('sessions')).to.include('this browser');
  });

  it('ends one session, with its tokens', async () => {
    const [phone, laptop] = [await elsewhere(), await elsewhere()];
    const bram = await atHome();
    const uids = [...(await bram.look('sessions')).matchAll(/name="uid" value="([^"]+)"/g)].map(([, uid = '']) => uid);
    // Of which the last used comes first.
    expect(uids).to.have.length.above(1);
    expect(await bram.change('sessions', { uid: uids[0] ?? '' })).to.match(/said=saved$/);
    expect([await laptop.signedIn(), await laptop.refresh()]).to.deep.equal([false, 'invalid_grant']);
    expect([await phone.signedIn(), await phone.refresh()]).to.deep.equal([true, 200]);
    expect(await bram.change('sessions', { uid: uids[0] ?? '' }), 'twice').to.match(/said=unknown$/);
  });

  it('takes the access of an application back, in every session', async () => {
    const [phone, laptop] = [await elsewhere(), await elsewhere()];
    const bram = await atHome();
    expect(await bram.look('applications'))
      .to.include('Invoices')
      .and.include('see your name and username');
    expect(await bram.change('applications', { client: 'web' })).to.match(/said=saved$/);
    expect(await Promise.all([phone.refresh(), laptop.refresh()])).to.deep.equal(['invalid_grant', 'invalid_grant']);
    expect(await bram.look('applications')).to.not.include('Invoices');
    expect(await bram.change('applications', { client: 'web' }), 'twice').to.match(/said=unknown$/);
    expect(await bram.change('applications', { client: 'sluis-account' }), 'not this page').to.match(/said=unknown$/);
    // The session itself goes on, and a sign-in grants anew.
    expect(await laptop.signedIn()).to.equal(true);
    expect(await bram.look('applications')).to.include('Invoices');
  });
});
