import { expect } from 'chai';
import { appCode } from '../support/codes.ts';
import { Browser, hidden } from './support/browser.ts';
import { openTarget, type Target } from './support/target.ts';

const MINUTE = 60_000;

describe("somebody else at one's own page", () => {
  let target: Target;
  before(async () => {
    const mailer = { name: 'nowhere', send: async () => {} };
    target = await openTarget('SQLite and memory', { parts: { mailer } });
  });
  after(() => target.idp.close());

  /** Signed in to their page. */
  async function at(username: string, office: string): Promise<Browser> {
    target.idp.clock.advance(MINUTE);
    const browser = new Browser(target);
    const first = await browser.follow(await browser.get('/account'));
    const second = await browser.password(first, username, office);
    await browser.code(second, appCode(target.idp.clock));
    return browser;
  }
  const methods = async (browser: Browser) => (await browser.follow(await browser.get('/account/methods'))).answer;
  const idIn = ({ body }: { body: string }) => /name="id" value="([^"]+)"/.exec(body)?.[1] ?? '';

  it('posts from another site and changes nothing', async () => {
    const bram = await at('bram', 'MOLEN');
    const page = await methods(bram);
    const form = { ...hidden(page), act: 'turn-off' };
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await bram.post('/account/methods', form, headers);
      expect(answer.status).to.equal(403);
      expect(answer.body).to.include('This form came from another site');
    }
    expect(idIn(await methods(bram))).to.not.equal('');
  });

  it('forges a form, or brings one that was shown in another session', async () => {
    const [bram, teun] = [await at('bram', 'MOLEN'), await at('teun', 'DEVRIES')];
    const { bound = '' } = hidden(await methods(teun));
    for (const tied of [{}, { bound: '' }, { bound: 'made-up' }, { bound }]) {
      const answer = await bram.post('/account/methods', { ...tied, act: 'turn-off' });
      expect(answer.headers.location).to.match(/said=stale$/);
    }
    expect(idIn(await methods(bram))).to.not.equal('');
  });

  it("names somebody else's factor, or none that there is", async () => {
    const [bram, teun] = [await at('bram', 'MOLEN'), await at('teun', 'DEVRIES')];
    const [own, theirs] = [await methods(bram), await methods(teun)];
    for (const id of [idIn(theirs), 'x', '', "' or 1=1 --"]) {
      for (const act of ['remove', 'rename', 'renew']) {
        const answer = await bram.post('/account/methods', { ...hidden(own), id, act, name: 'mine now' });
        expect(answer.headers.location, `${act} ${id}`).to.match(/said=unknown$/);
      }
    }
    for (const act of ['', 'nonsense', 'constructor', '__proto__']) {
      const answer = await bram.post('/account/methods', { ...hidden(own), act });
      expect(answer.headers.location).to.match(/said=unknown$/);
    }
    expect(idIn(await methods(teun))).to.equal(idIn(theirs));
  });

  it("names somebody else's session or access, or none that there is", async () => {
    const [bram, teun] = [await at('bram', 'MOLEN'), await at('teun', 'DEVRIES')];
    // A second one of Teun's, for his page has no button to end the one that he looks at.
    await at('teun', 'DEVRIES');
    const { body } = await teun.get('/account/sessions');
    const uid = /name="uid" value="([^"]+)"/.exec(body)?.[1] ?? '';
    expect(uid).to.not.equal('');
    const own = await methods(bram);
    for (const [page, form] of [
      ['sessions', { uid }],
      ['sessions', { uid: '' }],
      ['sessions', { uid: '*' }],
      ['applications', { client: 'web' }],
      ['applications', { client: 'sluis-account' }],
      ['applications', {}],
    ] as const) {
      const answer = await bram.post(`/account/${page}`, { ...hidden(own), ...form });
      expect(answer.headers.location, JSON.stringify(form)).to.match(/said=unknown$/);
    }
    expect((await teun.get('/account/sessions')).body).to.include(uid);
  });

  it('asks for a copy or another address without the form, from another site, or late', async () => {
    const bram = await at('bram', 'MOLEN');
    const own = await methods(bram);
    for (const page of ['data', 'email']) {
      const form = { email: 'eve@evil.example', act: 'ask' };
      expect((await bram.post(`/account/${page}`, form)).headers.location).to.match(/said=stale$/);
      const foreign = await bram.post(
        `/account/${page}`,
        { ...hidden(own), ...form },
        { origin: 'https://evil.example' },
      );
      expect(foreign.status).to.equal(403);
    }
    expect((await bram.post('/email', { token: 'x' }, { origin: 'https://evil.example' })).status).to.equal(403);
    expect((await bram.post('/email', { token: 'x' })).status).to.equal(410);
    for (const token of ['', 'x', 'a'.repeat(43), '%00']) {
      expect((await bram.get(`/email?token=${token}`)).status, token).to.equal(410);
    }
    target.idp.clock.advance(5 * MINUTE + 1);
    for (const page of ['data', 'email', 'applications']) {
      const late = await bram.post(`/account/${page}`, { ...hidden(own), email: 'eve@evil.example', act: 'ask' });
      expect(late.headers.location, page).to.match(/^\/auth\?.*sluis_fresh=1/);
    }
  });

  it('removes what an office demands, by a form that the page does not have', async () => {
    const teun = await at('teun', 'DEVRIES');
    const page = await methods(teun);
    for (const act of ['remove', 'turn-off']) {
      const answer = await teun.post('/account/methods', { ...hidden(page), id: idIn(page), act });
      expect(answer.headers.location).to.match(/said=needed$/);
    }
    expect(idIn(await methods(teun))).to.equal(idIn(page));
  });

  it('comes late: an old proof changes nothing, and looking at the page takes a new one', async () => {
    const bram = await at('bram', 'MOLEN');
    const page = await methods(bram);
    target.idp.clock.advance(5 * MINUTE + 1);
    for (const [path, form] of [
      ['/account/methods', { act: 'turn-off' }],
      ['/account/sessions', {}],
    ] as const) {
      const answer = await bram.post(path, { ...hidden(page), ...form });
      expect(answer.status).to.equal(303);
      expect(answer.headers.location).to.match(/^\/auth\?.*sluis_fresh=1/);
    }
    const asked = await bram.follow(await bram.get('/account/methods'));
    expect(hidden(asked.answer).step).to.equal('prove:totp');
    expect((await bram.get('/account')).status, 'to be looked at').to.equal(200);
  });

  it('comes back from a front door that they never left for', async () => {
    const bram = await at('bram', 'MOLEN');
    for (const query of ['', '?code=x&state=y', '?state=', '?error=access_denied&state=z']) {
      const answer = await bram.get(`/account/callback${query}`);
      expect(answer.headers.location).to.equal('/account');
      expect((await new Browser(target).get(`/account/callback${query}`)).headers.location).to.equal('/');
    }
  });

  it('is sent to set a factor up by another application', async () => {
    const bram = await at('bram', 'MOLEN');
    const landed = await bram.begin({
      query: { client_id: 'web', response_type: 'code', scope: 'openid', sluis_add: 'totp', sluis_fresh: '1' },
      verifier: '',
    });
    expect(hidden(landed.answer).step, 'nothing is set up').to.equal(undefined);
  });

  it('asks for what nobody may see', async () => {
    const bram = await at('bram', 'MOLEN');
    for (const before of ['x', '../', "' or 1=1 --", 'ffffffffffff', ['a', 'b'].join('&before=')]) {
      const answer = await bram.get(`/account/activity?before=${encodeURIComponent(before)}`);
      expect(answer.status).to.equal(200);
    }
    const odd = await bram.get('/account?said=%3Cscript%3E');
    expect(odd.body).to.not.include('<script>');
  });
});
