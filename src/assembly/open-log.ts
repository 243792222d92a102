import { writeSync } from 'node:fs';
import { type Logger, pino } from 'pino';

/** Milliseconds that a line waits for others at most. One write a line costs a busy process more than the line itself. */
const LONGEST_WAIT = 250;
/** Bytes of waiting lines that are written at once. */
const FULL = 8_192;
/** Bytes that wait at most while they cannot be written. What comes after them is lost. */
const MOST = 1_048_576;

type Output = ReturnType<typeof pino.destination>;

let standardOutput: Output | undefined;

/**
 * A log on standard output. Lines are written together, and whatever waits is written when the process ends; only a process that is
 * killed (SIGKILL) can lose the last quarter of a second. What must never be lost is in the audit log.
 *
 * Where it cannot be written, on a full disk for instance, the process goes on and says so on standard error.
 *
 * @param level the least that is logged
 */
export function openLog(level: string): Logger {
  if (standardOutput === undefined) {
    const opened = pino.destination({ minLength: FULL, maxLength: MOST, periodicFlush: LONGEST_WAIT, sync: true });
    tellFaults(opened);
    // Not `flushSync`: it tries again for ever what cannot be written.
    process.on('exit', () => opened.flush());
    standardOutput = opened;
  }
  return pino({ level }, standardOutput);
}

/** Says once that the log cannot be written, and once that it can be again. Without a listener, the error would end the process. */
function tellFaults(output: Output): void {
  let broken = false;
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (broken) return;
    broken = true;
    say(`The log cannot be written (${error.code}).`);
    output.once('drain', () => {
      broken = false;
      say('The log is written again.');
    });
  });
}

function say(line: string): void {
  try {
    writeSync(process.stderr.fd, `${line}\n`);
  } catch {
    // It may lie on the same full disk: then there is nobody left to tell.
  }
}
