import type { Config } from '../config.ts';
import { Keyring } from '../crypto/keyring.ts';
import { backUp } from '../stores/sql/backup.ts';
import { sqlitePath } from '../stores/sql/database.ts';
import { restore } from '../stores/sql/restore.ts';
import type { Terminal } from './terminal.ts';

/** `sluis backup` */
export async function backUpTo(config: Config, path: string, { out }: Terminal): Promise<void> {
  backUp(fileOf(config, 'pg_dump'), path);
  out.write(`Written to ${path}. It is worth nothing without the encryption keys: keep them elsewhere.\n`);
}

/** `sluis restore` */
export async function restoreFrom(
  config: Config,
  { path, force }: { readonly path: string; readonly force: boolean },
  { out }: Terminal,
): Promise<void> {
  const to = fileOf(config, 'pg_restore');
  await restore({ from: path, to }, Keyring.parse(config.encryptionKeys), { force });
  out.write(`Restored to ${to}.\n`);
}

function fileOf({ database }: Config, tool: string): string {
  if (/^postgres(ql)?:/.test(database.url))
    throw new Error(`The database is PostgreSQL: use ${tool}, as the README says.`);
  if (database.url === ':memory:') throw new Error('The database is in memory: there is no file.');
  return sqlitePath(database.url);
}
