import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { Client } from 'pg';
import { temporaryDirectory } from './directory.ts';
import type { OwnServer } from './own-server.ts';
import { freePort } from './port.ts';
import { program } from './program.ts';
import { startServer } from './server-process.ts';
import { type User, unprivileged } from './user.ts';

let shared: Promise<string> | undefined;
let made = 0;

/** A new empty database of one PostgreSQL server that all tests of this process share. */
export async function freshDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  shared ??= startPostgres().then(({ url }) => url);
  const server = await shared;
  made += 1;
  const name = `test_${made}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, close: () => run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A PostgreSQL server of one's own, which keeps its data when it is stopped and started. */
export function ownPostgres(): Promise<OwnServer> {
  return startPostgres();
}

async function startPostgres(): Promise<OwnServer> {
  const command = program('postgres', 'postgresql');
  const directory = await temporaryDirectory();
  const user = unprivileged();
  const data = initialise(directory.path, user);
  const port = await freePort();
  const url = `postgres://sluis@127.0.0.1:${port}/postgres`;
  const start = () =>
    startServer({
      command,
      args: ['-D', data, '-p', `${port}`, ...settings()],
      directory: directory.path,
      user,
      probe: () => run(url, 'SELECT 1'),
      // A "fast" shutdown: it does not wait for clients to leave.
      stopSignal: 'SIGINT',
      abort: () => pgTool('pg_ctl', ['stop', '-D', data, '-m', 'immediate', '-s'], user),
    });

  let stop = await start();
  return {
    url,
    stop: () => stop(),
    async start() {
      stop = await start();
    },
    async close() {
      await stop();
      await directory.remove();
    },
  };
}

/** Makes the data directory and answers its path. Anybody on this machine may connect: it listens on loopback and holds nothing. */
function initialise(directory: string, user: User | undefined): string {
  if (user !== undefined) chownSync(directory, user.uid, user.gid);
  const data = `${directory}/data`;
  pgTool('initdb', ['-D', data, '-U', 'sluis', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], user);
  return data;
}

/** Lasting is given up for speed: this data outlives a stop, and need not outlive a power cut. */
function settings(): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    // There are hundreds of databases, none of which lives long.
    autovacuum: 'off',
    shared_buffers: '32MB',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function pgTool(name: string, args: string[], user: User | undefined): void {
  const { status, stderr } = spawnSync(program(name, 'postgresql'), args, { encoding: 'utf8', cwd: '/', ...user });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  // A server that stops closes its connections; that is no error of the test that made it stop.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
