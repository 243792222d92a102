import type { Config } from '../config.ts';
import { withStores } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** `sluis migrate` */
export async function migrateDatabase(config: Config, terminal: Terminal): Promise<void> {
  await withStores(config, terminal, async ({ migrated }) => {
    terminal.out.write(migrated.length === 0 ? 'The tables are up to date.\n' : `Done: ${migrated.join(', ')}\n`);
  });
}
