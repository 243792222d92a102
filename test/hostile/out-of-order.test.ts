import { expect } from 'chai';
import { appCode } from '../support/codes.ts';
import { pairs } from '../support/world.ts';
import { ask, Browser, hidden, keyOf, type Landed, stepOf } from './support/browser.ts';
import { openTarget, type Target } from './support/target.ts';

const HOURS = 3_600_000;

for (const pair of pairs) {
  describe(`a sign-in out of order, on ${pair}`, () => {
    let target: Target;
    let browser: Browser;
    before(async () => {
      target = await openTarget(pair);
    });
    after(() => target.idp.close());
    beforeEach(() => {
      // A code counts once.
      target.idp.clock.advance(60_000);
      browser = new Browser(target);
    });

    const uidOf = ({ path }: Landed) => path.split('/').at(-1) ?? '';
    const code = () => appCode(target.idp.clock);
    const isSignedIn = async (who: Browser) => {
      const { left } = await who.begin(ask({ prompt: 'none' }));
      return left?.searchParams.has('code');
    };

    describe('at the end of it', () => {
      const places: Readonly<Record<string, readonly [step: string, walk: () => Promise<Landed>]>> = {
        'before anything': ['identify', () => browser.begin()],
        'before the second factor': [
          'prove:totp',
          async () => browser.password(await browser.begin(), 'teun', 'DEVRIES'),
        ],
        'before the wizard': ['introduce', async () => browser.password(await browser.begin(), 'noor', 'DEVRIES')],
        'before the factor works': [
          'enrol:totp',
          async () => browser.answer(await browser.password(await browser.begin(), 'noor', 'DEVRIES'), {}),
        ],
        'before the codes are kept': [
          'keep-codes',
          async () => browser.answer(await browser.password(await browser.begin(), 'bram', 'MOLEN'), { code: code() }),
        ],
        'before consent': [
          'consent',
          async () => browser.password(await browser.begin(ask({ client_id: 'guest' })), 'mila', 'MOLEN'),
        ],
      };
      for (const [when, [step, walk]] of Object.entries(places)) {
        it(`there is no session ${when}, and the way leads back to a sign-in`, async () => {
          const page = await walk();
          expect(stepOf(page)).to.equal(step);
          expect(browser.session, 'a session before the end').to.equal(undefined);
          const jumped = await browser.follow(await browser.get(`/auth/${uidOf(page)}`));
          expect(jumped.left).to.equal(undefined);
          expect(jumped.answer.status).to.equal(200);
          expect(stepOf(jumped)).to.equal('identify');
          expect(await isSignedIn(browser)).to.equal(false);
        });
      }

      it('nothing is set up by who left half-way: the next sign-in starts the wizard anew, with another key', async () => {
        const keys: string[] = [];
        for (let sittings = 0; sittings < 2; sittings += 1) {
          const noor = new Browser(target);
          const wizard = await noor.answer(await noor.password(await noor.begin(), 'noor', 'DEVRIES'), {});
          keys.push(keyOf(wizard));
          expect(keyOf({ ...wizard, answer: await noor.get(wizard.path) }), 'after a reload').to.equal(keyOf(wizard));
        }
        expect(keys[0]).to.have.length.greaterThan(20).and.not.equal(keys[1]);
      });
    });

    it('is not opened by another browser that has its address', async () => {
      const page = await browser.password(await browser.begin(), 'teun', 'DEVRIES');
      const other = new Browser(target);
      for (const path of [page.path, `/auth/${uidOf(page)}`]) {
        const answer = await other.get(path);
        expect(answer.status).to.equal(400);
        expect(answer.body)
          .to.include('Go back to the application')
          .and.not.include('teun')
          .and.not.include('name="code"');
      }
      const posted = await other.post(page.path, { ...hidden(page.answer), code: code() });
      expect(posted.status).to.equal(400);
      // Nobody spoke for its owner: the same code still counts.
      expect((await browser.code(page, code())).left?.searchParams.has('code')).to.equal(true);
    });

    it('is its own alone: the cookie of one does not open the address of another', async () => {
      const mine = await browser.begin();
      const victim = new Browser(target);
      const theirs = await victim.password(await victim.begin(), 'teun', 'DEVRIES');
      for (const { name, value, path } of browser.cookies) {
        browser.put({ name, value, path: path.replace(uidOf(mine), uidOf(theirs)) });
      }
      expect((await browser.get(theirs.path)).body).to.not.include('teun');
      expect((await browser.post(theirs.path, { ...hidden(theirs.answer), code: code() })).body).to.not.include(
        '/auth/',
      );
      expect((await browser.get(`/auth/${uidOf(theirs)}`)).headers.location ?? '').to.not.include('code=');
    });

    it('shows the same step again to the back button, to a stale form and to a reload', async () => {
      const first = await browser.begin();
      const second = await browser.password(first, 'teun', 'DEVRIES');
      expect(second.path).to.equal(first.path);
      for (const fields of [{ username: 'mila', office: 'MOLEN', password: 'correct horse battery' }, {}]) {
        const stale = await browser.post(first.path, { ...hidden(first.answer), ...fields });
        expect([stale.status, hidden(stale).step]).to.deep.equal([422, 'prove:totp']);
        expect(stale.body).to.include('teun').and.not.include('mila');
      }
      for (let reloads = 0; reloads < 2; reloads += 1) {
        expect(hidden(await browser.get(first.path)).step).to.equal('prove:totp');
      }
      const done = await browser.code(second, code());
      expect(done.left?.searchParams.has('code')).to.equal(true);
    });

    it('that another tab finished leads back to the application, for a form and for a bookmark', async () => {
      const page = await browser.password(await browser.begin(), 'teun', 'DEVRIES');
      expect((await browser.code(page, code())).left?.searchParams.has('code')).to.equal(true);
      for (const late of [
        await browser.get(page.path),
        await browser.get(`/auth/${uidOf(page)}`),
        await browser.post(page.path, { ...hidden(page.answer), code: code() }),
        await browser.post(page.path, { ...hidden(page.answer), act: 'cancel' }),
      ]) {
        expect(late.status).to.equal(400);
        expect(late.body).to.include('href="https://app.example/sign-in"');
      }
      expect(await isSignedIn(browser)).to.equal(true);
    });

    it('goes on in a second tab of the same browser after the first one has signed in', async () => {
      const [one, other] = [await browser.begin(), await browser.begin(ask({ client_id: 'spa' }))];
      const teun = await browser.password(one, 'teun', 'DEVRIES');
      await browser.code(teun, code());
      const landed = await browser.password(other, 'teun', 'DEVRIES');
      target.idp.clock.advance(60_000);
      expect((await browser.code(landed, code())).left?.searchParams.has('code')).to.equal(true);
    });

    it('leads back through a bookmark when it is too old, and says what to do where no application is known', async () => {
      const page = await browser.begin();
      target.idp.clock.advance(2 * HOURS);
      const late = await browser.get(page.path);
      expect([late.status, late.headers['cache-control']]).to.deep.equal([400, 'no-store']);
      expect(late.body).to.include('href="https://app.example/sign-in"');
      const stranger = await new Browser(target).get(page.path);
      expect(stranger.status).to.equal(400);
      expect(stranger.body).to.include('Go back to the application').and.not.include('app.example');
    });

    it('that was cancelled lets nobody in', async () => {
      const page = await browser.password(await browser.begin(), 'teun', 'DEVRIES');
      const { left } = await browser.answer(page, { act: 'cancel' });
      expect(left?.searchParams.get('error')).to.equal('access_denied');
      expect(left?.searchParams.get('state')).to.equal('a-state');
      expect(await isSignedIn(browser)).to.equal(false);
      expect((await browser.get(page.path)).status).to.equal(400);
    });

    it('gives a session that nobody could choose beforehand, and a new one at every sign-in', async () => {
      const chosen = 'chosen-by-somebody-else-0123456789-abcdefgh';
      browser.put({ name: 'sluis', value: chosen, path: '/' });
      const seen = [chosen];
      for (const prompt of [{}, { prompt: 'login' }, { prompt: 'login' }]) {
        const landed = await browser.password(await browser.begin(ask(prompt)), 'mila', 'MOLEN');
        expect(landed.left?.searchParams.has('code')).to.equal(true);
        expect(seen).to.not.include(browser.session);
        seen.push(browser.session ?? '');
      }
      for (const value of seen.slice(0, -1)) {
        const stale = new Browser(target);
        stale.put({ name: 'sluis', value, path: '/' });
        expect(await isSignedIn(stale)).to.equal(false);
      }
      expect(await isSignedIn(browser)).to.equal(true);
    });
  });
}
