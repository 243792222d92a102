import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { atExit } from '../support/at-exit.ts';
import { temporaryDirectory } from '../support/directory.ts';

const compiled = new URL('../../src/assembly/open-log.js', import.meta.url);

describe('the log on standard output', () => {
  it('is written whole when the process ends, however soon', async () => {
    const log = await text(run("log.info('one'); log.info('two'); process.exit(3);").stdout);
    expect(messages(log)).to.deep.equal(['one', 'two']);
  });

  it('is written whole when an error ends the process', async () => {
    const log = await text(run("log.warn('one'); setImmediate(() => { throw new Error('expected'); });").stdout);
    expect(messages(log)).to.deep.equal(['one']);
  });

  it('is written while the process goes on', async () => {
    const child = run("log.info('one'); setInterval(() => {}, 60_000);");
    for await (const some of child.stdout) {
      expect(messages(String(some))).to.deep.equal(['one']);
      break;
    }
    child.kill();
  });

  it('keeps to its level', async () => {
    expect(messages(await text(run("log.debug('one'); log.info('two');").stdout))).to.deep.equal(['two']);
  });

  describe('on a full disk', () => {
    // Linux alone has a device whose every write fails for want of room.
    if (process.platform !== 'linux') return;

    /** Ten thousand bytes, written at once: it is more than what waits for others. */
    const long = (word: string) => `log.info({ more: 'x'.repeat(10_000) }, '${word}');`;

    /** From now on the log goes to a file: whoever opens one gets the lowest number that is free, that of standard output. */
    const room = (path: string) =>
      `const { closeSync, openSync } = await import('node:fs'); closeSync(1); openSync('${path}/log', 'w');`;

    it('says so once, and the process goes on and ends as it would', async () => {
      const goesOn = "console.error('goes on'); log.info('four'); process.exit(3);";
      expect(
        await runFull(`${long('one')} ${long('two')} setImmediate(() => { ${long('three')} ${goesOn} });`),
      ).to.deep.equal({
        code: 3,
        err: 'The log cannot be written (ENOSPC).\ngoes on\n',
      });
    });

    it('bears that standard error lies on the same disk', async () => {
      const { code } = await runFull(`${long('one')} setImmediate(() => process.exit(3));`, 'full');
      expect(code).to.equal(3);
    });

    it('writes what waited as soon as there is room, and says that', async () => {
      const { path, remove } = await temporaryDirectory();
      const { err } = await runFull(`${long('one')} log.info('two'); ${room(path)} ${long('three')}`);
      expect(err).to.equal('The log cannot be written (ENOSPC).\nThe log is written again.\n');
      expect(messages(readFileSync(`${path}/log`, 'utf8'))).to.deep.equal(['one', 'two', 'three']);
      await remove();
    });

    it('does not fill the memory with what waits', async () => {
      const { path, remove } = await temporaryDirectory();
      await runFull(`for (let line = 0; line < 300; line += 1) { ${long('many')} } ${room(path)}`);
      expect(messages(readFileSync(`${path}/log`, 'utf8'))).to.have.length.within(100, 110);
      await remove();
    });
  });
});

function run(code: string): ChildProcess & { readonly stdout: NodeJS.ReadableStream & AsyncIterable<Buffer> } {
  return spawn(process.execPath, args(code), { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Runs it to its end with standard output, and perhaps standard error, where nothing can be written. */
async function runFull(code: string, err: 'full' | 'pipe' = 'pipe'): Promise<{ code: number | null; err: string }> {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, args(code), { stdio: ['ignore', full, err === 'full' ? full : err] });
  closeSync(full);
  const forget = atExit(() => child.kill('SIGKILL'));
  const [said, [exitCode]] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'exit')]);
  forget();
  return { code: exitCode, err: said };
}

function args(code: string): string[] {
  return [
    '--input-type=module',
    '--eval',
    `import { openLog } from '${compiled}'; const log = openLog('info'); ${code}`,
  ];
}

function messages(log: string): readonly string[] {
  return log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).msg);
}
