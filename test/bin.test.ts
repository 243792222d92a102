import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';
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

/** @param compiled a file that stands where the folder of what is compiled would be */
async function run(env: Record<string, string>, { compiled = false } = {}): Promise<unknown> {
  const { path, remove } = await temporaryDirectory();
  mkdirSync(`${path}/src`);
  copyFileSync(bin, `${path}/src/bin.cjs`);
  if (compiled) writeFileSync(`${path}/compiled`, '');
  writeFileSync(`${path}/preload.cjs`, preload);
  writeFileSync(`${path}/src/cli.js`, cli);
  writeFileSync(`${path}/package.json`, '{"type":"module"}');
  const args = ['--require', `${path}/preload.cjs`, `${path}/src/bin.cjs`, 'serve'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  const keeps = existsSync(`${path}/compiled/`);
  await remove();
  return stderr === '' ? { ...JSON.parse(stdout), keeps } : stderr;
}

/** Whether this Node can keep what it compiles. */
const keeps = 'enableCompileCache' in modules;

describe('bin', () => {
  it('sizes the thread pool before the command line is loaded', async () => {
    expect(await run({})).to.deep.equal({ pool: 11, args: ['serve'], keeps });
  });

  it('leaves a size alone that was set', async () => {
    expect(await run({ UV_THREADPOOL_SIZE: '7' })).to.deep.equal({ pool: 7, args: ['serve'], keeps });
  });

  it('keeps what it compiles beside the program, and starts where that cannot be', async () => {
    expect(await run({})).to.include({ keeps });
    expect(await run({}, { compiled: true })).to.deep.equal({ pool: 11, args: ['serve'], keeps: false });
  });
});
