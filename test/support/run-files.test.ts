import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import { temporaryDirectory } from './directory.ts';
import { longestFirst } from './files-by-length.ts';
import { testFiles } from './test-files.ts';

const runner = new URL('./run-files.js', import.meta.url).href;
const beside = new URL('./run-side-by-side.js', import.meta.url).href;

/** Runs one test file of the given source in a process of its own. */
async function run(source: string | undefined): Promise<{ status: number | null; lines: string[]; output: string }> {
  const directory = await temporaryDirectory();
  const file = `${directory.path}/sample.test.mjs`;
  writeFileSync(file, source ?? '');
  const files = JSON.stringify(source === undefined ? [] : [file]);
  const script = `import { runFiles } from ${JSON.stringify(runner)}; await runFiles(${files});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  await directory.remove();
  return { status, lines: stdout.trimEnd().split('\n'), output: stdout + stderr };
}

/** Runs test files of the given sources, in as many processes. */
async function runBeside(...sources: readonly string[]) {
  const directory = await temporaryDirectory();
  const files = sources.map((_, index) => `${directory.path}/sample-${index}.test.mjs`);
  for (const [index, source] of sources.entries()) writeFileSync(files[index] ?? '', source);
  const given = JSON.stringify(files);
  const script = `import { runSideBySide } from ${JSON.stringify(beside)}; await runSideBySide(${given}, 2);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  await directory.remove();
  return { status, last: stdout.trimEnd().split('\n').at(-1), output: stdout };
}

describe('the test runner', () => {
  it('ends with the counts and succeeds when everything passed', async () => {
    const { status, lines } = await run("it('one', () => {}); it('two', async () => {});");
    expect(lines.at(-1)).to.equal('2 passed, 0 failed');
    expect(status).to.equal(0);
  });

  const failing = {
    'a failed test': ["it('one', () => {}); it('two', () => { throw new Error('no'); });", '1 passed, 1 failed'],
    'a failed hook': ["before(() => { throw new Error('no'); }); it('one', () => {});", '0 passed, 1 failed'],
    'a pending test': ["it('one', () => {}); it('not yet');", '1 passed, 1 failed', 'not yet'],
    'a skipped test': ["it('one', function () { this.skip(); });", '0 passed, 1 failed'],
    'an exclusive test': ["it.only('one', () => {});", '0 passed, 1 failed'],
    'a rejection that nobody handles': [
      "it('one', async () => { Promise.reject(new Error('left alone')); await new Promise((r) => setTimeout(r, 5)); });",
      '1 passed, 1 failed',
      'left alone',
    ],
    'a file that does not load': ["import './missing.mjs';", '0 passed, 1 failed', 'missing.mjs'],
    'a file without a test': ['', '0 passed, 1 failed', 'has no test'],
    'no test': [undefined, '0 passed, 0 failed', 'no test to run'],
  } as const;

  for (const [what, [source, last, said = '']] of Object.entries(failing)) {
    it(`fails on ${what}`, async () => {
      const { status, lines, output } = await run(source);
      expect(lines.at(-1)).to.equal(last);
      expect(output).to.include(said);
      expect(status).to.equal(1);
    });
  }

  it('fails on a rejection that comes after the last test', async () => {
    const { status, output } = await run(
      "it('one', () => { setTimeout(() => Promise.reject(new Error('late')), 1); });",
    );
    expect(output).to.include('late');
    expect(status).to.equal(1);
  });

  it('names every failure, with its reason, before the counts', async () => {
    const { lines } = await run("describe('a', () => { it('b', () => { throw new Error('no,\\n  never'); }); });");
    expect(lines.slice(-2)).to.deep.equal(['FAILED a b: no, never', '0 passed, 1 failed']);
  });

  it('runs files side by side, and counts all of them', async () => {
    const all = await runBeside(
      "it('one', () => {});",
      "it('two', () => {}); it('three', () => {});",
      "it('four', () => {});",
    );
    expect(all).to.deep.include({ status: 0, last: '4 passed, 0 failed' });
    const half = await runBeside("it('one', () => {});", "it('two', () => { throw new Error('no'); });");
    expect(half).to.deep.include({ status: 1, last: '1 passed, 1 failed' });
    expect(half.output).to.include('FAILED two: no\n1 passed, 1 failed');
  });

  for (const [what, source] of [
    ['ends too early', 'process.exit(0);'],
    ['is killed', "it('one', () => { process.kill(process.pid, 'SIGKILL'); });"],
    ['has no test', ''],
  ] as const) {
    it(`fails when one of the processes ${what}`, async () => {
      const { status, last } = await runBeside("it('one', () => {});", source);
      expect(status).to.equal(1);
      expect(last).to.equal('1 passed, 1 failed');
    });
  }

  it('fails on what nobody was left to run', async () => {
    const { status, output } = await runBeside('process.exit(0);', 'process.exit(0);', "it('one', () => {});");
    expect(output).to.match(/FAILED .*sample-2.test.mjs was not run\n/);
    expect(status).to.equal(1);
  });

  it('begins with what takes long', () => {
    const files = ['/a.test.js', '/journeys/b.test.js', '/web/views.test.js', '/c.test.js'];
    expect(longestFirst(files)).to.deep.equal([
      '/web/views.test.js',
      '/journeys/b.test.js',
      '/a.test.js',
      '/c.test.js',
    ]);
  });

  it('selects by the path of the source, and passes over what was compiled from a deleted one', async () => {
    const { path, remove } = await temporaryDirectory();
    await mkdir(`${path}/journeys`);
    for (const name of ['journeys/step-up.test.ts', 'journeys/block.test.ts', 'crypto.test.ts', 'clock.ts']) {
      writeFileSync(`${path}/${name}`, '');
    }
    const select = (...filters: string[]) => testFiles({ sources: path, compiled: '/dist', filters });
    expect(select()).to.deep.equal([
      '/dist/crypto.test.js',
      '/dist/journeys/block.test.js',
      '/dist/journeys/step-up.test.js',
    ]);
    expect(select('journeys/step-up')).to.deep.equal(['/dist/journeys/step-up.test.js']);
    expect(select('test/crypto.test.ts', 'block')).to.have.length(2);
    expect(select('nothing')).to.deep.equal([]);
    await remove();
  });
});
