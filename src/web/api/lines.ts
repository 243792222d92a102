import { Readable } from 'node:stream';
import { z } from 'zod';

/** The media type of JSON lines. */
export const LINES = 'application/jsonl';

/** Items asked for at once. */
export const BATCH = 200;

const page = z.object({ items: z.array(z.unknown()), next: z.string().exactOptional() });

/**
 * Every item of a list, a JSON line each. Pages are read as fast as somebody takes the lines, so that a long list takes no room here.
 * @param read a page; its first call is awaited, so that a refusal is answered as one
 */
export async function linesOf(read: (after?: string) => Promise<unknown>): Promise<Readable> {
  const first = page.parse(await read());
  return Readable.from(linesFrom(first, read));
}

async function* linesFrom(
  first: z.output<typeof page>,
  read: (after: string) => Promise<unknown>,
): AsyncGenerator<string> {
  for (let { items, next } = first; ; { items, next } = page.parse(await read(next))) {
    if (items.length > 0) yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
    if (next === undefined) return;
  }
}
