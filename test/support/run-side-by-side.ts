import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';
import { type Report, readReport } from './report.ts';

const script = fileURLToPath(new URL('./run-share.js', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs each share of the test files in a process of its own, with servers of its own, all at the same time. Shows the first as it goes and
 * the others after it, then every failure once more, and `N passed, N failed` as the last line; ends this process. Exit code 1 when
 * any of them failed, or ended without having counted.
 */
export async function runSideBySide(shares: readonly (readonly string[])[]): Promise<never> {
  const running = shares.map((files, index) => runShare(files, index === 0));
  const reports: Report[] = [];
  for (const [index, share] of running.entries()) {
    const { status, output } = await share;
    if (index > 0) process.stdout.write(output);
    reports.push(readReport(output, status));
  }
  for (const failure of reports.flatMap(({ failures }) => failures)) process.stdout.write(`${failure}\n`);
  const [passed, failed] = [sum(reports.map(({ passed }) => passed)), sum(reports.map(({ failed }) => failed))];
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

async function runShare(files: readonly string[], live: boolean): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = atExit(() => child.kill());
  if (live) child.stdout.on('data', (chunk: Buffer) => process.stdout.write(chunk));
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  forget();
  return { status, output };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
