import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Libsql from 'libsql';
import type { Vault } from '../../domain/ports.ts';
import { Database } from './database.ts';
import { versionOf } from './migrate.ts';
import { areReadable } from './reencrypt.ts';

/** Files that SQLite keeps beside its own. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Puts a backup in the place of a SQLite file. It is checked before anything is touched.
 * @param options `force` replaces a file that is there
 * @throws when `from` is no database of Sluis, is damaged, of a newer program, or encrypted with other keys; when there is a file, or
 *   somebody uses it
 */
export async function restore(
  { from, to }: { readonly from: string; readonly to: string },
  vault: Vault,
  { force }: { readonly force: boolean },
): Promise<void> {
  if (existsSync(to) && !force) throw new Error(`${to} is there already: --force puts the backup in its place`);
  const copy = `${to}.restoring`;
  try {
    copyFileSync(from, copy);
    chmodSync(copy, 0o600);
    await check(copy, vault);
    if (existsSync(to)) mustBeUnused(to);
    for (const ending of BESIDE) rmSync(`${to}${ending}`, { force: true });
    renameSync(copy, to);
  } finally {
    for (const ending of ['', ...BESIDE]) rmSync(`${copy}${ending}`, { force: true });
  }
}

async function check(path: string, vault: Vault): Promise<void> {
  if (!isSound(path)) throw new Error('the backup is damaged, or no database');
  const database = new Database(`sqlite:${path}`);
  try {
    if ((await versionOf(database, database.kysely)) === 0) throw new Error('the backup is no database of Sluis');
    if (!(await areReadable(database, vault))) throw new Error('the backup was encrypted with other encryption keys');
  } finally {
    await database.close();
  }
}

function isSound(path: string): boolean {
  const db = new Libsql(path);
  try {
    return JSON.stringify(db.prepare('pragma quick_check').all()) === '[{"quick_check":"ok"}]';
  } catch {
    return false;
  } finally {
    db.close();
  }
}

/** Leaving write-ahead logging takes a file for oneself alone. */
function mustBeUnused(path: string): void {
  const db = new Libsql(path);
  try {
    db.exec('pragma journal_mode = delete');
  } catch {
    throw new Error(`somebody uses ${path}: stop Sluis first`);
  } finally {
    db.close();
  }
}
