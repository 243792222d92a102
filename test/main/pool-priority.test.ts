import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { lowerPoolPriority } from '../../src/main/pool-priority.ts';

const isChild = process.argv[2] === 'lower';

// In a process of its own: a priority that was lowered stays so.
if (isChild) {
  const lowered = await lowerPoolPriority(Number(process.env.UV_THREADPOOL_SIZE));
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [];
  const main = getPriority(process.pid);
  const others = threads.map((thread) => getPriority(thread));
  process.stdout.write(JSON.stringify({ lowered, main, others }));
} else {
  describe('lowerPoolPriority', () => {
    for (const size of [1, 6]) {
      it(`lets the whole pool give way (${size}), and no other thread`, async () => {
        const env = { PATH: process.env.PATH, UV_THREADPOOL_SIZE: String(size) };
        const program = fileURLToPath(import.meta.url);
        const { stdout } = await promisify(execFile)(process.execPath, [program, 'lower'], { env });
        const { lowered, main, others } = JSON.parse(stdout);
        const expected = process.platform === 'linux' ? size : 0;
        expect(lowered).to.equal(expected);
        expect(others.filter((priority: number) => priority > main)).to.have.length(expected);
      });
    }
  });
}
