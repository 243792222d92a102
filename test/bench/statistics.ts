/** The middle of some numbers; of an even count the mean of the two in the middle. @throws when there are none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const pair = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return mean(pair.filter((value) => value !== undefined));
}

/** The smallest value that at least `share` of all values do not exceed (nearest rank). @throws when there are none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1];
  if (found === undefined) throw new RangeError('expected some values');
  return found;
}

/** @throws when there are none */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('expected some values');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
