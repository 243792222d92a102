import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { temporaryDirectory } from './support/directory.ts';

const bin = fileURLToPath(new URL('../src/bin.cjs', import.meta.url));

/**
 * Linux lists the threads of a process. The first use of the pool starts all of its threads: until then there are none.
 * The machine is said to have nine processors, because libuv's own choice would be right on a small one.
 */
const preload = `
const { readdirSync } = require('node:fs');
require('node:os').availableParallelism = () => 9;
globalThis.threads = () => readdirSync('/proc/self/task').length;
globalThis.before = threads();
`;

/** Stands in for the command line. */
const cli = `
import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
await promisify(pbkdf2)('password', 'salt', 1, 32, 'sha256');
console.log(JSON.stringify({ pool: threads() - before, args: process.argv.slice(2) }));
`;

async function run(env: Record<string, string>): Promise<unknown> {
  const { path, remove } = await temporaryDirectory();
  copyFileSync(bin, `${path}/bin.cjs`);
  writeFileSync(`${path}/preload.cjs`, preload);
  writeFileSync(`${path}/cli.js`, cli);
  writeFileSync(`${path}/package.json`, '{"type":"module"}');
  const args = ['--require', `${path}/preload.cjs`, `${path}/bin.cjs`, 'serve'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  await remove();
  return stderr === '' ? JSON.parse(stdout) : stderr;
}

describe('bin', () => {
  it('sizes the thread pool before the command line is loaded', async () => {
    expect(await run({})).to.deep.equal({ pool: 11, args: ['serve'] });
  });

  it('leaves a size alone that was set', async () => {
    expect(await run({ UV_THREADPOOL_SIZE: '7' })).to.deep.equal({ pool: 7, args: ['serve'] });
  });
});
