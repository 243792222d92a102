import { z } from 'zod';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof units;

/** A length of time as people write it. */
export type Duration = `${number}${Unit}`;

/**
 * A setting for a length of time, written as a whole number with its unit: `500ms`, `30s`, `15m`, `12h`, `7d`.
 * Parsed, it is in milliseconds.
 */
export function duration(shortest: Duration, longest: Duration) {
  const expected = `a duration from "${shortest}" to "${longest}" (a whole number and ms, s, m, h or d)`;
  const [from, to] = [milliseconds(shortest), milliseconds(longest)];
  return z.string(expected).transform((written, context) => {
    const value = milliseconds(written);
    if (value >= from && value <= to) return value;
    context.issues.push({ code: 'custom', message: expected, input: written });
    return z.NEVER;
  });
}

/** NaN for what is no duration. */
function milliseconds(written: string): number {
  const [, amount, unit] = /^(\d{1,12})(ms|s|m|h|d)$/.exec(written) ?? [];
  return isUnit(unit) ? Number(amount) * units[unit] : Number.NaN;
}

function isUnit(unit: string | undefined): unit is Unit {
  return unit !== undefined && unit in units;
}
