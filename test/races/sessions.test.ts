import { expect } from 'chai';
import { type BareProvider, bareProvider } from './bare-provider.ts';
import { Browser } from './browser.ts';
import { type Stores, stores } from './stores.ts';

const APPLICATIONS = ['one', 'two', 'three', 'four'];

for (const [name, open] of Object.entries(stores)) {
  describe(`one session and several applications at once, on ${name}`, () => {
    let ports: Stores;
    let op: BareProvider;

    beforeEach(async () => {
      ports = await open();
      op = await bareProvider(ports);
    });
    afterEach(async () => {
      await op.close();
      await ports.close();
    });

    it('signs in to all of them and loses none', async () => {
      for (let round = 0; round < 10; round += 1) {
        const browser = new Browser(op.issuer);
        await browser.authorize('first');
        const authorized = await Promise.all(APPLICATIONS.map((client) => browser.authorize(client)));
        const tokens = await Promise.all(authorized.map((code) => browser.redeem(code)));
        expect(tokens.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);

        const session = await ports.sessions.findByCookie(browser.cookie('_session') ?? '');
        expect(session?.authorizations).to.have.all.keys('first', ...APPLICATIONS);
      }
      expect(op.faults).to.deep.equal([]);
    });

    it('is gone from every one of them after signing out', async () => {
      const browser = new Browser(op.issuer);
      const one = await browser.redeem(await browser.authorize('one'));
      const two = await browser.redeem(await browser.authorize('two'));
      const stolen = browser.copy();

      expect((await browser.confirmSignOut(await browser.go('/session/end'), true)).status).to.equal(303);

      expect(await browser.userinfo(one.access_token)).to.equal(401);
      expect(await browser.userinfo(two.access_token)).to.equal(401);
      expect(await ports.sessions.findByCookie(stolen.cookie('_session') ?? '')).to.equal(undefined);
    });
  });
}
