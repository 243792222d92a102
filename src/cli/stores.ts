import { openDatabase } from '../assembly/stores.ts';
import type { Config } from '../config.ts';
import { migrate } from '../stores/sql/migrate.ts';
import { systemClock } from '../system-clock.ts';
import { type Terminal, threadPoolOf } from './terminal.ts';

/** What is kept in SQL, for a command that works on it. */
export type Stores = ReturnType<typeof openDatabase> & {
  /** Migrations that had to be run. */
  readonly migrated: readonly string[];
};

/** Opens the database, brings its tables up to date, and closes it after `work`, however that ends. */
export async function withStores<Result>(
  config: Config,
  terminal: Terminal,
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  const stores = openDatabase(config, {
    clock: systemClock,
    threadPool: threadPoolOf(terminal),
    waiting: () => terminal.err.write('Waiting for another process that works on the database alone.\n'),
  });
  try {
    return await work({ ...stores, migrated: await migrate(stores.database) });
  } finally {
    await stores.database.close();
  }
}
