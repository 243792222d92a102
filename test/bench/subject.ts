import { availableParallelism } from 'node:os';
import type { Redis } from 'ioredis';
import { parseConfig } from '../../src/index.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { freePort } from '../support/port.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freshRedis } from '../support/redis.ts';
import { bareClient } from './bare-provider.ts';
import { type Kind, kinds } from './figure.ts';
import { withHashing } from './hash-costs.ts';
import type { Target } from './login.ts';
import { type MeasuredServer, startMeasured } from './measured-server.ts';
import { seedSluis } from './seed-sluis.ts';

/** A server to sign in at, with stores that nobody else uses. */
export interface Subject {
  readonly kind: Kind;
  readonly server: MeasuredServer;
  readonly target: Target;
  readonly redis: Redis;
  close(): Promise<void>;
}

export interface SubjectOptions {
  /** Whether a password's hash costs what it should, or hardly anything. */
  readonly hashing: boolean;
  /** How many accounts there are. */
  readonly accounts: number;
}

/** One of each kind, with the bare one first. */
export async function openSubjects(options: SubjectOptions): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const kind of kinds) subjects.push(await openSubject(kind, options));
  return subjects;
}

export async function openSubject(kind: Kind, options: SubjectOptions): Promise<Subject> {
  const { redis, url, close } = await freshRedis();
  const ARGON2 = options.hashing ? '1' : '0';
  // As bin.cts sets it, for all of them.
  const UV_THREADPOOL_SIZE = String(Math.max(4, availableParallelism() + 2));
  if (kind === 'bare') {
    const server = await startMeasured(script('bare'), { REDIS_URL: url, ARGON2, UV_THREADPOOL_SIZE });
    return { kind, server, target: targetAt(server.issuer), redis, close: () => closeAll(server.stop, close) };
  }

  const database = await freshSql(kind);
  const settings = await sluisSettings({ database: database.url, redis: url });
  await seedSluis(withHashing(parseConfig(settings), options.hashing), options.accounts);
  const server = await startMeasured(script('sluis'), {
    SETTINGS: JSON.stringify(settings),
    ARGON2,
    UV_THREADPOOL_SIZE,
  });
  const target = targetAt(server.issuer);
  return { kind, server, target, redis, close: () => closeAll(server.stop, close, database.close) };
}

/** Settings of a Sluis that listens on a free port; everything else is as it is by default. */
export async function sluisSettings({ database, redis }: { readonly database: string; readonly redis: string }) {
  const port = await freePort();
  return {
    issuer: `http://127.0.0.1:${port}`,
    port,
    encryptionKeys: ['c2x1aXMtYmVuY2gta2V5LW5ldmVyLXByb2R1Y3Rpb24'],
    database: { url: database },
    redis: { url: redis },
  };
}

/** An empty database. */
export async function freshSql(kind: Exclude<Kind, 'bare'>): Promise<{ url: string; close(): Promise<void> }> {
  if (kind === 'PostgreSQL') return freshDatabase();
  const directory = await temporaryDirectory();
  return { url: `sqlite:${directory.path}/sluis.db`, close: () => directory.remove() };
}

/** The public client of the measurements, at a server that answers where oidc-provider does by default. */
export function targetAt(issuer: string): Target {
  return {
    issuer,
    clientId: bareClient.id,
    redirectUri: bareClient.redirectUri,
    endpoints: { authorization: `${issuer}/auth`, token: `${issuer}/token`, userinfo: `${issuer}/me` },
  };
}

function script(name: 'bare' | 'sluis'): URL {
  return new URL(`./${name}-server.js`, import.meta.url);
}

async function closeAll(...closes: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closes) await close();
}
