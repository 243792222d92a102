import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { factorsFor } from '../../src/assembly/factors.ts';
import { openDatabase } from '../../src/assembly/stores.ts';
import { createSluis, type Parts, type Sluis } from '../../src/index.ts';
import { migrate } from '../../src/stores/sql/migrate.ts';
import { FakeClock } from './clock.ts';
import { freePort } from './port.ts';
import { seed } from './seed.ts';
import { giveSigningKeys } from './signing-keys.ts';
import { freshStores, type Pair, testConfig } from './world.ts';

export interface IdentityProviderOptions {
  /** Laid over the settings of a test; see `testConfig`. */
  readonly settings?: object;
  readonly parts?: Parts;
  /** PEM of a certificate for localhost and its key: to be reached by https. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Lines of an import. */
  readonly lines?: readonly object[];
}

/** Sluis, listening on loopback, with everything that its log said. */
export interface RunningIdentityProvider {
  readonly issuer: string;
  readonly sluis: Sluis;
  /** Starts at the present, for browsers and libraries have clocks of their own. */
  readonly clock: FakeClock;
  /** Lines of its log, at the level of most detail. */
  readonly log: readonly string[];
  /** Settings of its stores, to open them a second time. */
  readonly settings: object;
  /** Imports more. */
  add(lines: readonly object[]): Promise<void>;
  /** A second process on the same stores, with the same issuer, that listens somewhere else. */
  another(): Promise<{ readonly address: string; readonly sluis: Sluis; stop(): Promise<void> }>;
  /** Ends this process's worth of Sluis and starts it anew on the same stores and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startIdentityProvider(
  pair: Pair,
  { settings = {}, parts = {}, lines = [], tls }: IdentityProviderOptions = {},
): Promise<RunningIdentityProvider> {
  const fresh = await freshStores(pair);
  const port = await freePort();
  const issuer = `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;
  const clock = new FakeClock(Date.now());
  const log: string[] = [];
  const sink = new Writable({
    write(line, _encoding, done) {
      log.push(String(line));
      done();
    },
  });
  const logger = pino({ level: 'trace' }, sink);
  const config = testConfig({ issuer, port, ...fresh.settings, ...settings });

  const start = async (at = port) => {
    const sluis = await createSluis(config, { clock, logger, ...parts });
    const answer = sluis.app.callback();
    const server = tls === undefined ? createServer(answer) : createSecureServer({ ...tls }, answer);
    server.listen(at, 'localhost');
    await once(server, 'listening');
    return {
      sluis,
      async stop() {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
        await sluis.close();
      },
    };
  };
  const within = async (work: (stores: ReturnType<typeof openDatabase>) => Promise<void>) => {
    const stores = openDatabase(config, { clock, threadPool: 4 });
    try {
      await work(stores);
    } finally {
      await stores.database.close();
    }
  };
  const add = (more: readonly object[]) =>
    within((stores) =>
      seed({ ...stores, clock, factors: factorsFor(config, { ...stores, clock }, parts.factors) }, more),
    );

  await within(async ({ database, signingKeys }) => {
    // Whoever names a database of their own has an empty one.
    await migrate(database);
    await giveSigningKeys(signingKeys, clock);
  });
  let running = await start();
  if (lines.length > 0) await add(lines);
  return {
    issuer,
    clock,
    log,
    settings: fresh.settings,
    get sluis() {
      return running.sluis;
    },
    add,
    async another() {
      const at = await freePort();
      return { ...(await start(at)), address: `http://localhost:${at}` };
    },
    async restart() {
      await running.stop();
      running = await start();
    },
    async close() {
      await running.stop();
      await fresh.close();
    },
  };
}
