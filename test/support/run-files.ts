import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import Mocha from 'mocha';
import { FAILED } from './report.ts';

/** Milliseconds. It ends what hangs; on a machine that gives the tests little, one may take many times as long as elsewhere. */
const LIMIT = 600_000;

/** What came of the tests of one file, or of several. */
interface Outcome {
  readonly passed: number;
  /** The tests that failed, each in one line: its name and why. */
  readonly failures: readonly string[];
}

/**
 * Runs compiled test files in this process, one after the other, prints the failures, a line each, and `N passed, N failed` as the last line and
 * ends the process, which stops the servers that tests started. Exit code 1 on any failure, on a test that is pending or exclusive,
 * on a rejection that nobody handled, and on a file without a test.
 *
 * @param files asked for the next file when the one before it is done
 */
export async function runFiles(files: Iterable<string> | AsyncIterable<string>): Promise<never> {
  const rejections = collectRejections();
  const outcomes: Outcome[] = [];
  for await (const file of files) outcomes.push(await runFile(file));
  // What the last test left behind may still fail.
  await wait(10);
  for (const reason of rejections.values()) say(`A rejection was not handled: ${inspect(reason)}`);
  const failures = [
    ...outcomes.flatMap((outcome) => outcome.failures),
    ...[...rejections.values()].map(() => 'a rejection was not handled'),
  ];
  for (const name of failures) process.stdout.write(`${FAILED}${name}\n`);
  const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  if (outcomes.length === 0) say('There was no test to run.');
  process.exit(failures.length > 0 || passed === 0 ? 1 : 0);
}

/** Mocha passes over rejections that nobody handles, and tells each one twice: hence by promise. */
function collectRejections(): ReadonlyMap<unknown, unknown> {
  const rejections = new Map<unknown, unknown>();
  process.on('unhandledRejection', (reason, promise) => rejections.set(promise, reason));
  return rejections;
}

async function runFile(file: string): Promise<Outcome> {
  const mocha = new Mocha({ forbidOnly: true, forbidPending: true });
  mocha.suite.timeout(LIMIT);
  mocha.addFile(file);
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    say(inspect(error));
    return { passed: 0, failures: [`${file} does not load`] };
  }
  if (mocha.suite.total() === 0) return { passed: 0, failures: [`${file} has no test`] };
  return new Promise((resolve) => {
    const failures: string[] = [];
    const runner = mocha.run(() => {
      // Takes its listeners off this process.
      mocha.dispose();
      resolve({ passed: runner.stats?.passes ?? 0, failures });
    });
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${inOneLine(messageOf(error))}`));
  });
}

/** Long enough for what a server printed before it gave up. */
const LONGEST_REASON = 1_000;

/** Where many tests ran, only the end of what they printed is kept: it must do to understand a failure. */
function inOneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : inspect(error);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
