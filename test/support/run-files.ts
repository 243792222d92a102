import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import Mocha from 'mocha';
import { FAILED } from './report.ts';

const TIMEOUT = 30_000;
/** A journey walks through many pages in a browser. */
const JOURNEY_TIMEOUT = 90_000;

/**
 * Runs compiled test files in this process, prints the failures by name and `N passed, N failed` as the last line and ends the process,
 * which stops the servers that tests started. Exit code 1 on any failure, on a test that is pending or exclusive,
 * on a rejection that nobody handled, and when there was no test.
 */
export async function runFiles(files: readonly string[]): Promise<never> {
  const mocha = new Mocha({ forbidOnly: true, forbidPending: true });
  mocha.suite.on('pre-require', (_context, file) => {
    mocha.suite.timeout(file.includes('/journeys/') ? JOURNEY_TIMEOUT : TIMEOUT);
  });
  for (const file of files) mocha.addFile(file);

  const rejections = collectRejections();
  const { passed, failed } = await loadAndRun(mocha);
  // What the last test left behind may still fail.
  await wait(10);
  for (const reason of rejections.values()) {
    say(`A rejection was not handled: ${inspect(reason)}`);
    process.stdout.write(`${FAILED}a rejection was not handled\n`);
  }
  const failures = failed + rejections.size;
  if (passed + failures === 0) say('There was no test to run.');
  process.stdout.write(`${passed} passed, ${failures} failed\n`);
  process.exit(failures > 0 || passed === 0 ? 1 : 0);
}

/** Mocha passes over rejections that nobody handles, and tells each one twice: hence by promise. */
function collectRejections(): ReadonlyMap<unknown, unknown> {
  const rejections = new Map<unknown, unknown>();
  process.on('unhandledRejection', (reason, promise) => rejections.set(promise, reason));
  return rejections;
}

async function loadAndRun(mocha: Mocha): Promise<{ passed: number; failed: number }> {
  try {
    await mocha.loadFilesAsync();
    // Hooks take the time of their file; tests are given theirs here, for they do not.
    mocha.suite.eachTest((test) => {
      if (test.file?.includes('/journeys/')) test.timeout(JOURNEY_TIMEOUT);
    });
  } catch (error) {
    say(inspect(error));
    return { passed: 0, failed: 1 };
  }
  return new Promise((resolve) => {
    const names: string[] = [];
    const runner = mocha.run((failed) => {
      for (const name of names) process.stdout.write(`${FAILED}${name}\n`);
      resolve({ passed: runner.stats?.passes ?? 0, failed });
    });
    runner.on('fail', (test) => names.push(test.fullTitle()));
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
