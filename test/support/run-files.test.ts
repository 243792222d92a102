import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import { temporaryDirectory } from './directory.ts';
import { testFiles } from './test-files.ts';

const runner = new URL('./run-files.js', import.meta.url).href;

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
