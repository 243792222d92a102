import { expect } from 'chai';
import { type BareProvider, bareProvider } from './bare-provider.ts';
import { Browser } from './browser.ts';
import { type Stores, stores } from './stores.ts';

for (const [name, open] of Object.entries(stores)) {
  describe(`a refresh token, on ${name}`, () => {
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

    it('is replaced by exactly one of several requests at once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const browser = new Browser(op.issuer);
        const { refresh_token } = await browser.redeem(await browser.authorize('shop'));
        const answers = await Promise.all([1, 2, 3, 4].map(() => browser.refresh('shop', refresh_token)));
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 400, 400, 400]);
      }
      expect(op.faults).to.deep.equal([]);
    });

    it('takes the whole grant along when it is used after it was replaced', async () => {
      const browser = new Browser(op.issuer);
      const first = await browser.redeem(await browser.authorize('shop'));
      const second = await browser.refresh('shop', first.refresh_token);
      expect(second.status).to.equal(200);
      expect(await browser.userinfo(second.access_token)).to.equal(200);

      expect(await browser.refresh('shop', first.refresh_token)).to.include({ status: 400, error: 'invalid_grant' });
      expect(await browser.userinfo(second.access_token)).to.equal(401);
      expect(await browser.refresh('shop', second.refresh_token)).to.include({ status: 400 });
    });
  });
}
