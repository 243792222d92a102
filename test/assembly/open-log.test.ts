import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';

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
});

function run(code: string): ChildProcess & { readonly stdout: NodeJS.ReadableStream & AsyncIterable<Buffer> } {
  const script = `import { openLog } from '${compiled}'; const log = openLog('info'); ${code}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'ignore'] });
}

function messages(log: string): readonly string[] {
  return log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).msg);
}
