import { expect } from 'chai';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { launchBrowser } from './browser.ts';
import { freePort } from './port.ts';
import { freshDatabase, ownPostgres } from './postgres.ts';
import { freshRedis, ownRedis } from './redis.ts';

/** Runs one statement and answers its rows. */
async function rows(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('test servers', () => {
  it('give every caller an empty Redis database', async () => {
    const [one, other] = await Promise.all([freshRedis(), freshRedis()]);
    await one.redis.set('key', 'one');
    expect(await other.redis.get('key')).to.equal(null);
    expect(await one.redis.config('GET', 'maxmemory-policy')).to.deep.equal(['maxmemory-policy', 'noeviction']);
    await one.close();

    const again = await freshRedis();
    expect(again.url).to.equal(one.url);
    expect(await again.redis.dbsize()).to.equal(0);
    await Promise.all([other.close(), again.close()]);
  });

  it('give every caller an empty PostgreSQL database, dropped even while somebody uses it', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    await rows(one.url, 'CREATE TABLE t (id int)');
    expect(await rows(other.url, "SELECT to_regclass('t') AS t")).to.deep.equal([{ t: null }]);

    const client = new Client({ connectionString: one.url });
    client.on('error', () => undefined);
    await client.connect();
    await Promise.all([one.close(), other.close()]);
    const server = new URL(one.url);
    const name = server.pathname.slice(1);
    server.pathname = 'postgres';
    const left = await rows(server.href, `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
    expect(left).to.deep.equal([]);
  });

  it('keep a Redis of one’s own through a stop', async () => {
    const server = await ownRedis();
    await write(server.url);
    await server.stop();
    const refused = await read(server.url).then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
    await server.start();
    expect(await read(server.url)).to.equal('value');
    await server.close();
  });

  it('keep a PostgreSQL of one’s own through a stop', async () => {
    const server = await ownPostgres();
    await rows(server.url, 'CREATE TABLE t AS SELECT 7 AS n');
    await server.stop();
    const refused = await rows(server.url, 'SELECT 1').then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
    await server.start();
    expect(await rows(server.url, 'SELECT n FROM t')).to.deep.equal([{ n: 7 }]);
    await server.close();
  });

  it('find a port with another one above it, neither of which the kernel hands out', async () => {
    const ports = await Promise.all(Array.from({ length: 100 }, () => freePort(10_000)));
    expect(Math.max(...ports) + 10_000).to.be.below(32_768);
  });

  it('start a browser', async () => {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.setContent('<h1>Sluis</h1>');
    expect(await page.textContent('h1')).to.equal('Sluis');
    await browser.close();
  });
});

async function write(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.set('key', 'value');
  redis.disconnect();
}

async function read(url: string): Promise<string | null> {
  const redis = new Redis(url, { retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    return await redis.get('key');
  } finally {
    redis.disconnect();
  }
}
