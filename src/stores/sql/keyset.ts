import { comparable } from '../../domain/comparable.ts';
import type { Page } from '../../domain/ports.ts';

/** Between the parts of a place: no name holds one. */
const SEPARATOR = '\n';

/**
 * Where a page begins: after the row that has these keys, the second one empty where rows have one key alone. Whatever a visitor makes
 * of it names some place, so nothing is malformed; PostgreSQL takes no zero bytes.
 */
export function placeOf(after: string): readonly [string, string] {
  const [first = '', second = ''] = withoutZeros(Buffer.from(after, 'base64url').toString()).split(SEPARATOR);
  return [first, second];
}

/** A page of rows of which one more was read than it holds. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { keys, item }: { keys(row: Row): readonly string[]; item(row: Row): Item },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(item);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: nextAfter(keys(last)) };
}

/** What to ask with for what comes after a row that has these keys. */
export function nextAfter(keys: readonly string[]): string {
  return Buffer.from(keys.join(SEPARATOR)).toString('base64url');
}

/**
 * The range of names that begin as something does; in byte order nothing that begins so comes after its end.
 * @param form in which they are compared
 */
export function rangeOf(prefix: string, form = comparable): { readonly from: string; readonly to: string } {
  const from = withoutZeros(form(prefix));
  return { from, to: `${from}\u{10FFFF}` };
}

function withoutZeros(text: string): string {
  return text.replaceAll('\0', '');
}
