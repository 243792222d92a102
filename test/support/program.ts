import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const POSTGRES = '/usr/lib/postgresql';

/**
 * The path of a program that the tests need; it is installed when it is missing.
 * @throws when it is missing and cannot be installed: tests are never skipped for want of a program
 */
export function program(name: string, debianPackage: string): string {
  return find(name) ?? install(name, debianPackage);
}

function install(name: string, debianPackage: string): string {
  if (process.getuid?.() !== 0) {
    throw new Error(
      `The tests need ${name}. Install it (Debian: apt-get install ${debianPackage}) or run them as root.`,
    );
  }
  process.stderr.write(`installing ${debianPackage}\n`);
  aptGet(['update']);
  aptGet(['install', '-y', '--no-install-recommends', debianPackage]);
  const path = find(name);
  if (path === undefined) throw new Error(`The package ${debianPackage} was installed but brought no ${name}.`);
  return path;
}

function aptGet(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error } = spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
}

function find(name: string): string | undefined {
  return folders()
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Debian keeps the server programs of PostgreSQL out of the PATH, in a folder per version. */
function folders(): string[] {
  return [...postgresFolders(), ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')];
}

function postgresFolders(): string[] {
  try {
    const versions = readdirSync(POSTGRES).sort((one, other) => Number(other) - Number(one));
    return versions.map((version) => join(POSTGRES, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
