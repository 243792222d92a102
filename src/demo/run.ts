import { openLog } from '../assembly/open-log.ts';
import type { Config } from '../config.ts';
import { createSluis } from '../index.ts';
import { type Listening, listen } from '../main/listen.ts';
import { loadRest } from '../main/load-rest.ts';
import { untilAsked } from '../main/until-asked.ts';
import { systemClock } from '../system-clock.ts';
import { readDemoAccounts } from './accounts.ts';
import { assertFree } from './assert-free.ts';
import { banner } from './banner.ts';
import { prepareFolder } from './data-folder.ts';
import { demoFile, populate } from './populate.ts';
import { createRelyingParty } from './relying-party.ts';

export interface DemoOptions {
  /** Of Sluis. */
  readonly port: number;
  /** Of the application that signs in with it. */
  readonly applicationPort: number;
  /** Folder that keeps accounts between two starts. */
  readonly data: string;
  /** Threads of libuv's pool. */
  readonly threadPool: number;
  /** Where to say how to begin. */
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/**
 * `sluis demo`: runs Sluis and an application that signs in with it until it is asked to stop.
 * @throws when a port is in use or the folder cannot be written to, saying what to do
 */
export async function runDemo(config: Config, options: DemoOptions): Promise<void> {
  const { port, applicationPort, data, threadPool, out, err } = options;
  const asked = untilAsked();
  await assertFree(port, '--port');
  await assertFree(applicationPort, '--application-port');

  const url = `http://localhost:${applicationPort}`;
  const demo = embedded(config, port, await prepareFolder(data));
  const client = await populate(demo, url, threadPool);
  const accounts = readDemoAccounts(demoFile);

  const logger = openLog(config.log.level);
  const sluis = await createSluis(demo, { logger, threadPool });
  const application = createRelyingParty({
    issuer: demo.issuer,
    clientId: client.id,
    clientSecret: client.secret ?? '',
    url,
    clock: systemClock,
    accounts,
    messages: () => sluis.outbox?.messages() ?? [],
    mails: () => sluis.mailOutbox?.mails() ?? [],
    log: (line) => err.write(`${line}\n`),
  });
  const servers: Listening[] = [];
  try {
    for (const [app, at] of [
      [sluis.app, port],
      [application, applicationPort],
    ] as const) {
      servers.push(await listen(app.callback(), { host: demo.host, port: at }));
    }
    loadRest(sluis, logger);
    out.write(banner({ sluis: demo.issuer, application: url, folder: data, accounts }));
    await asked;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await sluis.close();
  }
}

/**
 * On stores of its own, whatever the environment says: accounts with public passwords must not get into a real database.
 */
function embedded(config: Config, port: number, database: string): Config {
  return {
    ...config,
    issuer: `http://localhost:${port}`,
    host: '127.0.0.1',
    port,
    database: { ...config.database, url: database },
    redis: {},
  };
}
