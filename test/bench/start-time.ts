import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../src/index.ts';
import { atExit } from '../support/at-exit.ts';
import { freshRedis } from '../support/redis.ts';
import { benchAccount } from './account.ts';
import type { Figure } from './figure.ts';
import { begin, goOn } from './login.ts';
import { seedSluis } from './seed-sluis.ts';
import { median } from './statistics.ts';
import { freshSql, sluisSettings, targetAt } from './subject.ts';
import { UserAgent } from './user-agent.ts';

const STARTS = 5;
/** Milliseconds between two tries to reach a server that starts. */
const PAUSE = 5;

const program = fileURLToPath(new URL('../../src/bin.cjs', import.meta.url));

type Settings = Awaited<ReturnType<typeof sluisSettings>>;

/** From the start of the process, `sluis serve`, until its sign-in page has arrived: milliseconds. */
export async function startTime(): Promise<readonly Figure[]> {
  const [sqlite, postgres] = [await startsOn('SQLite'), await startsOn('PostgreSQL')];
  return [
    {
      name: 'from start to sign-in page',
      unit: 'ms',
      values: { SQLite: median(sqlite.later), PostgreSQL: median(postgres.later) },
      target: { atMost: 1500 },
    },
    {
      name: '  the first start, which makes tables and keys, to a page',
      unit: 'ms',
      values: { SQLite: sqlite.first, PostgreSQL: postgres.first },
    },
  ];
}

async function startsOn(kind: 'SQLite' | 'PostgreSQL'): Promise<{ first: number; later: number[] }> {
  const [database, redis] = [await freshSql(kind), await freshRedis()];
  const settings = await sluisSettings({ database: database.url, redis: redis.url });
  // Nothing is there yet, no client either: its first page is that of an address without a path.
  const first = await timeUntil(settings, async (agent) => (await agent.get('/')).status === 200);
  await seedSluis(parseConfig(settings), 1);
  const later: number[] = [];
  for (let start = 0; start < STARTS; start += 1) later.push(await timeUntil(settings, showsSignIn(settings)));
  await redis.close();
  await database.close();
  return { first, later };
}

function showsSignIn({ issuer }: Settings): (agent: UserAgent) => Promise<boolean> {
  return async (agent) => {
    const { answer } = await begin(agent, targetAt(issuer));
    const page = await goOn(agent, answer, benchAccount(0));
    return page.status === 200 && page.text.includes('name="password"');
  };
}

async function timeUntil(settings: Settings, shows: (agent: UserAgent) => Promise<boolean>): Promise<number> {
  const env = {
    PATH: process.env.PATH,
    ISSUER: settings.issuer,
    PORT: String(settings.port),
    ENCRYPTION_KEYS: settings.encryptionKeys.join(),
    DATABASE_URL: settings.database.url,
    REDIS_URL: settings.redis.url,
  };
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const forget = atExit(() => child.kill('SIGKILL'));
  while (!(await reaches(settings, shows))) {
    if (child.exitCode !== null) throw new Error(`sluis serve ended with ${child.exitCode}`);
    await wait(PAUSE);
  }
  const time = performance.now() - begun;
  await end(child);
  forget();
  return time;
}

async function reaches({ issuer }: Settings, shows: (agent: UserAgent) => Promise<boolean>): Promise<boolean> {
  try {
    return await shows(new UserAgent(issuer));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
