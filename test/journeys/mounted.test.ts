import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import Koa from 'koa';
import mount from 'koa-mount';
import type { Browser } from 'playwright-core';
import { factorsFor } from '../../src/assembly/factors.ts';
import { openDatabase } from '../../src/assembly/stores.ts';
import { MFA } from '../../src/domain/acr.ts';
import { type Account, type AccountSource, createSluis, type Sluis } from '../../src/index.ts';
import { sharedBrowser } from '../support/browser.ts';
import { FakeClock } from '../support/clock.ts';
import { Visitor } from '../support/journey.ts';
import { freePort } from '../support/port.ts';
import { type RunningRelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { CLIENT_SECRET, seed } from '../support/seed.ts';
import { freshStores, pairs, testConfig } from '../support/world.ts';

/** The user table of somebody else's application. */
class OwnTable implements AccountSource {
  readonly #rows = new Map([['ada@example.org', { id: 'user-1', password: 'difference engine' }]]);

  async byName(name: string): Promise<Account | undefined> {
    const row = this.#rows.get(name.trim().toLowerCase());
    return row && this.byId(row.id);
  }

  async byId(id: string): Promise<Account | undefined> {
    for (const [username, row] of this.#rows) {
      if (row.id !== id) continue;
      const profile = { name: 'Ada Lovelace', email: username, emailVerified: true };
      return { id, username, disabled: false, epoch: 0, secondFactorRequired: false, roles: [], groups: [], profile };
    }
    return undefined;
  }

  async verifyPassword(account: Account | undefined, password: string): Promise<boolean> {
    return account !== undefined && this.#rows.get(account.username)?.password === password;
  }
}

for (const pair of pairs) {
  describe(`mounted in somebody's own Koa app, on ${pair}`, () => {
    const clock = new FakeClock(Date.now());
    let host: string;
    let server: Server;
    let sluis: Sluis;
    let rp: RunningRelyingParty;
    let browser: Browser;
    let closeStores: () => Promise<void>;

    before(async () => {
      const port = await freePort();
      host = `http://localhost:${port}`;
      const stores = await freshStores(pair);
      closeStores = stores.close;
      const config = testConfig({
        issuer: `${host}/id`,
        ...stores.settings,
        policy: { secondFactorRequired: true },
        webauthn: { origins: ['https://example.nl'] },
      });
      sluis = await createSluis(config, { accounts: new OwnTable(), clock });
      rp = await startRelyingParty({ issuer: `${host}/id`, clientId: 'web', clientSecret: CLIENT_SECRET, clock });
      const database = openDatabase(config, { clock, threadPool: 4 });
      await seed({ ...database, clock, factors: factorsFor(config, { ...database, clock }) }, [
        { type: 'client', id: 'web', name: 'Invoices', secret: CLIENT_SECRET, firstParty: true, metadata: rp.metadata },
      ]);
      await database.database.close();

      const app = new Koa();
      app.use(sluis.wellKnown);
      app.use(mount('/id', sluis.app));
      app.use((ctx) => {
        ctx.body = 'the application itself';
      });
      server = createServer(app.callback()).listen(port, 'localhost');
      await once(server, 'listening');
      browser = await sharedBrowser();
    });
    after(async () => {
      server.close();
      server.closeAllConnections();
      await rp.close();
      await sluis.close();
      await closeStores();
    });

    it('signs its people in, with its own user table', async () => {
      const ada = new Visitor(await (await browser.newContext({ locale: 'en' })).newPage(), { clock }, rp);
      await ada.startSignIn();
      expect(new URL(ada.page.url()).pathname).to.match(/^\/id\/interaction\//);
      expect(await ada.page.locator('input[name=office]').count(), 'nobody has an office').to.equal(0);
      await ada.page.locator('input[name=username]').fill('Ada@example.org');
      await ada.page.locator('input[name=password]').fill('wrong');
      await ada.go();
      expect(await ada.page.locator('[role=alert]').count()).to.equal(1);
      await ada.page.locator('input[name=password]').fill('difference engine');
      await ada.go();
      await ada.go();
      await ada.setUpApp();
      await ada.keepCodes();
      await ada.arrive();
      expect(rp.last().claims).to.deep.include({ sub: 'user-1', name: 'Ada Lovelace', acr: MFA, iss: `${host}/id` });
    });

    it('leaves every other path to the application', async () => {
      expect(await (await fetch(`${host}/elsewhere`)).text()).to.equal('the application itself');
      expect((await fetch(`${host}/id/elsewhere`)).status).to.equal(404);
    });

    it('answers at the root of the host what belongs there', async () => {
      const found = await fetch(`${host}/.well-known/oauth-authorization-server/id`);
      const { issuer, token_endpoint } = (await found.json()) as Record<string, string>;
      expect({ issuer, token_endpoint }).to.deep.equal({ issuer: `${host}/id`, token_endpoint: `${host}/id/token` });
      const related = await fetch(`${host}/.well-known/webauthn`);
      expect(related.headers.get('content-type')).to.match(/^application\/json/);
      expect(await related.json()).to.deep.equal({ origins: ['https://example.nl'] });
    });
  });
}
