import type { Hasher } from '../../domain/ports.ts';
import type { Checked } from './check.ts';
import { readEntry } from './format.ts';
import type { Line } from './lines.ts';

/** More than a machine hashes together, and fewer than the hasher lets wait. */
const AT_ONCE = 32;

/**
 * Hashes the plain passwords of those accounts that are not there yet.
 * @param read reads the file again
 * @returns encoded hashes by line
 */
export async function hashPasswords(
  { plainPasswords, findings }: Checked,
  hasher: Hasher,
  read: () => AsyncIterable<Line>,
): Promise<ReadonlyMap<number, string>> {
  const hashes = new Map<number, string>();
  if (!plainPasswords) return hashes;

  async function hashAll(found: readonly Found[]): Promise<void> {
    await Promise.all(found.map(async ({ line, password }) => hashes.set(line, await hasher.hash(password))));
  }

  let found: Found[] = [];
  for await (const one of passwordsIn(read())) {
    if (findings.standingLines.has(one.line)) continue;
    found.push(one);
    if (found.length < AT_ONCE) continue;
    await hashAll(found);
    found = [];
  }
  await hashAll(found);
  return hashes;
}

interface Found {
  readonly line: number;
  readonly password: string;
}

async function* passwordsIn(lines: AsyncIterable<Line>): AsyncGenerator<Found> {
  for await (const line of lines) {
    const read = 'text' in line ? readEntry(line.text) : undefined;
    if (read === undefined || !('entry' in read) || read.entry.type !== 'account') continue;
    const { password } = read.entry;
    if (password !== undefined) yield { line: line.number, password };
  }
}
