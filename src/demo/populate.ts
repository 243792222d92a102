import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { factorsFor } from '../assembly/factors.ts';
import { openDatabase } from '../assembly/stores.ts';
import type { Config } from '../config.ts';
import type { Client } from '../domain/client.ts';
import { importFile } from '../flows/import/index.ts';
import { migrate } from '../stores/sql/migrate.ts';
import { systemClock } from '../system-clock.ts';
import { clientMetadata } from './relying-party.ts';

/** The organizations, accounts and client of the demonstration. */
export const demoFile = fileURLToPath(import.meta.resolve('#root/config/demo/demo.jsonl'));

const CLIENT = 'demo';

/**
 * Imports the demonstration's people, unless they are there already, and registers its application at this address.
 * @param url of the application, without a slash at the end
 */
export async function populate(config: Config, url: string, threadPool: number): Promise<Client> {
  const clock = systemClock;
  const stores = openDatabase(config, { clock, threadPool });
  try {
    await migrate(stores.database);
    const { officeCode } = config;
    const factors = factorsFor(config, { ...stores, clock });
    const outcome = await importFile(
      { read: () => createReadStream(demoFile) },
      { ...stores, clock, factors, settings: { officeCode } },
    );
    const client = await stores.clients.byId(CLIENT);
    if (!outcome.ok || client === undefined) {
      throw new Error(`${demoFile} does not fit what is in the database. Delete the data folder and start again.`);
    }
    // It may have moved to another port since it was imported.
    const moved = { ...client, metadata: { ...client.metadata, ...clientMetadata(url) } };
    await stores.clients.save(moved);
    return moved;
  } finally {
    await stores.database.close();
  }
}
