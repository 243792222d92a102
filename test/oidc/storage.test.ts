import { expect } from 'chai';
import { type BareProvider, bareProvider } from '../races/bare-provider.ts';
import { Browser } from '../races/browser.ts';
import { type Stores, stores } from '../races/stores.ts';

for (const [name, open] of Object.entries(stores)) {
  describe(`oidc-provider on ${name}`, () => {
    let ports: Stores;
    let op: BareProvider;
    let browser: Browser;

    beforeEach(async () => {
      ports = await open();
      op = await bareProvider(ports);
      browser = new Browser(op.issuer);
    });
    afterEach(async () => {
      await op.close();
      await ports.close();
    });

    const sessionOf = (visitor: Browser) => ports.sessions.findByCookie(visitor.cookie('_session') ?? '');

    it('signs in, serves claims, and replaces a refresh token', async () => {
      const first = await browser.redeem(await browser.authorize('shop'));
      expect(first.status).to.equal(200);
      expect(await browser.userinfo(first.access_token)).to.equal(200);
      const second = await browser.refresh('shop', first.refresh_token);
      expect(await browser.userinfo(second.access_token)).to.equal(200);
      expect(op.faults).to.deep.equal([]);
    });

    it('gives the session a new cookie when somebody signs in again, and keeps what it granted', async () => {
      await browser.authorize('shop');
      const old = browser.copy();
      await browser.authorize('forum', { prompt: 'login' });

      expect(browser.cookie('_session')).to.not.equal(old.cookie('_session'));
      expect((await sessionOf(browser))?.authorizations).to.have.all.keys('shop', 'forum');
      expect(await sessionOf(old)).to.equal(undefined);
    });

    it('signs out of one application and stays signed in to the others', async () => {
      const { id_token = '' } = await browser.redeem(await browser.authorize('shop'));
      await browser.authorize('forum');
      const page = await browser.go(`/session/end?id_token_hint=${id_token}`);
      await browser.confirmSignOut(page, false);
      expect((await sessionOf(browser))?.authorizations).to.have.all.keys('forum');
    });

    it('revokes what an access token came with, and leaves the grant for the next sign-in (RFC 7009, section 2.1)', async () => {
      const { access_token = '', refresh_token } = await browser.redeem(await browser.authorize('shop'));
      const { grantId } = ((await sessionOf(browser))?.authorizations.shop ?? {}) as { grantId?: string };
      expect((await browser.go('/token/revocation', { token: access_token, client_id: 'shop' })).status).to.equal(200);

      expect(await browser.userinfo(access_token)).to.equal(401);
      expect((await browser.refresh('shop', refresh_token)).status).to.equal(400);
      expect(await ports.models.find({ model: 'Grant', id: grantId ?? '' })).to.not.equal(undefined);
    });

    it('lets nothing of a grant work once the grant is gone', async () => {
      const authorized = await browser.authorize('shop');
      const { grantId } = ((await sessionOf(browser))?.authorizations.shop ?? {}) as { grantId?: string };
      await ports.models.destroy({ model: 'Grant', id: grantId ?? '' });
      expect(await browser.redeem(authorized)).to.include({ status: 400, error: 'invalid_grant' });
    });
  });
}
