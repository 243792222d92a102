import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';
import { FAILED, type Report, readReport } from './report.ts';

const script = fileURLToPath(new URL('./run-share.js', import.meta.url));

/** How many files are listed as the slowest. */
const SLOWEST = 12;

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

interface Timed {
  readonly file: string;
  /** Milliseconds. */
  readonly took: number;
}

/**
 * Runs test files in several processes at once, each with servers of its own; whichever is done with a file takes the next. Shows the
 * first process as it goes and the others after it, then what was slow, every failure once more, and `N passed, N failed` as the
 * last line; ends this process. Exit code 1 when a test failed, when a process ended before it had counted, and when there was no test.
 *
 * @param files in the order in which they are begun
 */
export async function runSideBySide(files: readonly string[], processes: number): Promise<never> {
  const queue = [...files];
  const timed: Timed[] = [];
  // Each has one to begin with: a process without a test would be a fault.
  const firsts = queue.splice(0, processes);
  const running = firsts.map((first, index) => runShare({ first, queue, timed, live: index === 0 }));
  const reports: Report[] = [];
  for (const [index, share] of running.entries()) {
    const { status, output } = await share;
    if (index > 0) process.stdout.write(output);
    reports.push(readReport(output, status));
  }
  for (const { file, took } of timed.sort((one, other) => other.took - one.took).slice(0, SLOWEST)) {
    process.stdout.write(`${Math.round(took / 1_000)} s  ${file.replace(/^.*\/dist\//, '')}\n`);
  }
  const failures = reports.flatMap((report) => report.failures);
  // Nobody was there to run them: each process had ended.
  for (const file of queue) failures.push(`${FAILED}${file} was not run`);
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  const passed = reports.reduce((total, report) => total + report.passed, 0);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  process.exit(failures.length > 0 || passed === 0 ? 1 : 0);
}

interface Share {
  readonly first: string;
  readonly queue: string[];
  readonly timed: Timed[];
  readonly live: boolean;
}

async function runShare({ live, ...dealing }: Share): Promise<Ended> {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const forget = atExit(() => child.kill());
  deal(child, dealing);
  const stdout = child.stdout as Readable;
  if (live) stdout.on('data', (chunk: Buffer) => process.stdout.write(chunk));
  const [output, [status]] = await Promise.all([text(stdout), once(child, 'close')]);
  forget();
  return { status, output };
}

/** Gives a process the next file whenever it asks, and nothing when all are given away. */
function deal(child: ChildProcess, { first, queue, timed }: Omit<Share, 'live'>): void {
  const own = [first];
  let running: { file: string; began: number } | undefined;
  child.on('message', () => {
    const now = performance.now();
    if (running !== undefined) timed.push({ file: running.file, took: now - running.began });
    const file = own.pop() ?? queue.shift();
    running = file === undefined ? undefined : { file, began: now };
    child.send(file ?? '');
  });
}
