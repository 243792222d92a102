import { expect } from 'chai';
import { pino } from 'pino';
import { factorsFor } from '../src/assembly/factors.ts';
import { openDatabase } from '../src/assembly/stores.ts';
import { ConfigError, createSluis } from '../src/index.ts';
import { FakeClock } from './support/clock.ts';
import { offices, PASSWORD, seed } from './support/seed.ts';
import { freshStores, pairs, testConfig } from './support/world.ts';

const logger = pino({ level: 'silent' });

async function faultsOf(config: ReturnType<typeof testConfig>): Promise<string[]> {
  try {
    await (await createSluis(config, { logger })).close();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ path }) => path);
    throw error;
  }
}

describe('createSluis', () => {
  for (const pair of pairs) {
    it(`refuses to ask for no office code where people share a username, on ${pair}`, async () => {
      const fresh = await freshStores(pair);
      const config = testConfig({ ...fresh.settings, officeCode: 'never' });
      expect(await faultsOf(config)).to.deep.equal([]);
      const stores = openDatabase(config, { clock: new FakeClock(), threadPool: 4 });
      const clock = new FakeClock();
      await seed({ ...stores, clock, factors: factorsFor(config, { ...stores, clock }) }, [
        ...offices,
        ...offices.map(({ code }) => ({ type: 'account', organization: code, username: 'jan', password: PASSWORD })),
      ]);
      await stores.database.close();
      expect(await faultsOf(config)).to.deep.equal(['officeCode']);
      await fresh.close();
    });
  }

  it('refuses a logo that it cannot read, and words for a page that there is not', async () => {
    const fresh = await freshStores('SQLite and memory');
    const brands = [{ logo: '/nowhere/logo.svg' }, { texts: { en: { 'no.such.key': 'x' } } }];
    for (const brand of brands) {
      expect(await faultsOf(testConfig({ ...fresh.settings, brand })), JSON.stringify(brand)).to.deep.equal(['brand']);
    }
    await fresh.close();
  });

  it('refuses a method that there is not', async () => {
    const fresh = await freshStores('SQLite and memory');
    expect(await faultsOf(testConfig({ ...fresh.settings, methods: ['totp', 'pigeon'] }))).to.deep.equal(['methods.1']);
    await fresh.close();
  });
});
