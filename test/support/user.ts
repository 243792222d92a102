import { spawnSync } from 'node:child_process';

/** A user of the operating system, by number. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Who runs what refuses to run as root: nobody else, unless the tests themselves run as root. */
export function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (user === undefined)
    throw new Error('PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.');
  return user;
}

function lookUp(name: string): User | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
