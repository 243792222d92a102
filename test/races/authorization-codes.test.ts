import { expect } from 'chai';
import { type BareProvider, bareProvider } from './bare-provider.ts';
import { Browser } from './browser.ts';
import { type Stores, stores } from './stores.ts';

for (const [name, open] of Object.entries(stores)) {
  describe(`an authorization code redeemed several times at once, on ${name}`, () => {
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

    it('is good for exactly one answer', async () => {
      for (let round = 0; round < 10; round += 1) {
        const browser = new Browser(op.issuer);
        const authorized = await browser.authorize('shop');
        const answers = await Promise.all([1, 2, 3, 4].map(() => browser.redeem(authorized)));
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 400, 400, 400]);
        const refused = answers.filter(({ status }) => status === 400);
        expect(refused.map(({ error }) => error)).to.deep.equal(Array(3).fill('invalid_grant'));
      }
      expect(op.faults).to.deep.equal([]);
    });

    it('takes its tokens along when it comes back later (RFC 6749, section 4.1.2)', async () => {
      const browser = new Browser(op.issuer);
      const authorized = await browser.authorize('shop');
      const { access_token, refresh_token } = await browser.redeem(authorized);
      expect(await browser.userinfo(access_token)).to.equal(200);

      expect(await browser.redeem(authorized)).to.include({ status: 400, error: 'invalid_grant' });
      expect(await browser.userinfo(access_token)).to.equal(401);
      expect(await browser.refresh('shop', refresh_token)).to.include({ status: 400, error: 'invalid_grant' });
    });
  });
}
