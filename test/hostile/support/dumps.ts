import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';

/** Everything that somebody with a copy of the stores would see, a row, key, value or file each. */
export async function dumpStores(settings: object): Promise<readonly string[]> {
  const { database, redis } = settings as { database: { url: string }; redis?: { url: string } };
  const rows = database.url.startsWith('postgres') ? await dumpPostgres(database.url) : readFiles(database.url);
  return [...rows, ...(redis === undefined ? [] : await dumpRedis(redis.url))];
}

/** The bytes of the file and of what SQLite keeps beside it: deleted rows may still be in there. */
function readFiles(url: string): readonly string[] {
  const path = url.replace('sqlite:', '');
  const files = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  return files.map((name) => readFileSync(`${dirname(path)}/${name}`, 'latin1'));
}

async function dumpPostgres(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const found = await client.query(`select t::text as row from "${name}" t`);
      rows.push(...found.rows.map(({ row }) => `${name}: ${row}`));
    }
    return rows;
  } finally {
    await client.end();
  }
}

async function dumpRedis(url: string): Promise<readonly string[]> {
  const redis = new Redis(url);
  const lines: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    lines.push(key);
    if (type === 'string') lines.push(`${await redis.get(key)}`);
    else if (type === 'hash') lines.push(...Object.entries(await redis.hgetall(key)).flat());
    else if (type === 'zset') lines.push(...(await redis.zrange(key, 0, '-1')));
    else throw new Error(`expected a string, a hash or a sorted set at ${key}, got ${type}`);
  }
  redis.disconnect();
  return lines;
}
