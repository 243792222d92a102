/** What a process that ran tests found. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** A line for each failure. */
  readonly failures: readonly string[];
}

/** Begins the line that names a test that failed. */
export const FAILED = 'FAILED ';

/** Reads what `runFiles` printed. A process that ended badly without saying so, or before it counted, is one failure more. */
export function readReport(output: string, status: number | null): Report {
  const lines = output.trimEnd().split('\n');
  const failures = lines.filter((line) => line.startsWith(FAILED));
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? '') ?? [];
  if (passed === undefined || failed === undefined) {
    return { passed: 0, failed: 1, failures: [...failures, `${FAILED}a process ended without a count: ${status}`] };
  }
  const found = { passed: Number(passed), failed: Number(failed), failures };
  if (status === 0 || found.failed > 0) return found;
  return { ...found, failed: 1, failures: [...failures, `${FAILED}a process ended with ${status}`] };
}
