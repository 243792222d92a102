/** One line of a file, without its ending; counted from 1. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: 'too-long' | 'not-utf8' };

/** Bytes. Longer than any honest line, and short enough to hold. */
const LONGEST = 65_536;

const NEWLINE = 10;

/** Splits a stream of UTF-8 into lines, holding one of them at a time. Blank lines are counted and left out. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let length = 0;

  function add(part: Uint8Array): void {
    length += part.length;
    if (length <= LONGEST) parts.push(part);
    else parts = [];
  }

  function take(): Line | undefined {
    number += 1;
    const line = length > LONGEST ? { number, fault: 'too-long' as const } : decode(number, parts);
    parts = [];
    length = 0;
    return line;
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (line !== undefined) yield line;
    }
    add(chunk.subarray(start));
  }
  const last = take();
  if (last !== undefined) yield last;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(number: number, parts: readonly Uint8Array[]): Line | undefined {
  try {
    const text = utf8.decode(Buffer.concat(parts)).trim();
    return text === '' ? undefined : { number, text };
  } catch {
    return { number, fault: 'not-utf8' };
  }
}
