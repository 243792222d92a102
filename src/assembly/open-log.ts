import { type Logger, pino } from 'pino';

/** Milliseconds that a line waits for others at most. One write a line costs a busy process more than the line itself. */
const LONGEST_WAIT = 250;
/** Bytes of waiting lines that are written at once. */
const FULL = 8_192;

let standardOutput: ReturnType<typeof pino.destination> | undefined;

/**
 * A log on standard output. Lines are written together, and whatever waits is written when the process ends; only a process that is
 * killed (SIGKILL) can lose the last quarter of a second. What must never be lost is in the audit log.
 *
 * @param level the least that is logged
 */
export function openLog(level: string): Logger {
  if (standardOutput === undefined) {
    const opened = pino.destination({ minLength: FULL, periodicFlush: LONGEST_WAIT, sync: true });
    process.on('exit', () => opened.flushSync());
    standardOutput = opened;
  }
  return pino({ level }, standardOutput);
}
