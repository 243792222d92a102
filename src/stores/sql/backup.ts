import { closeSync, openSync } from 'node:fs';
import Libsql from 'libsql';

/**
 * Writes a copy of a SQLite file while others go on using it: everything that was committed when it begins.
 * @param to path of a new file, readable for this user alone
 * @throws when there is a file
 */
export function backUp(from: string, to: string): void {
  // SQLite writes into an empty file, with the permissions that it has.
  closeSync(openSync(to, 'wx', 0o600));
  const db = new Libsql(from, { fileMustExist: true });
  try {
    db.prepare('vacuum into ?').run(to);
  } finally {
    db.close();
  }
}
