import { z } from 'zod';

/** A whole number within bounds. */
export function whole(from: number, to: number) {
  const expected = `a whole number from ${from} to ${to}`;
  return z.preprocess(readNumber, z.int(expected).min(from, expected).max(to, expected));
}

/** Yes or no. */
export function flag() {
  return z.preprocess(readFlag, z.boolean('true or false'));
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `one of ${words.map((word) => `"${word}"`).join(', ')}`);
}

/** A text that is not empty. */
export function text(expected: string, longest = 200) {
  return z.string(expected).trim().min(1, expected).max(longest, `${expected} of at most ${longest} characters`);
}

/** A text that a rule accepts. */
export function textWhich(expected: string, accepts: (value: string) => boolean) {
  return z.string(expected).refine(accepts, expected);
}

/** A list without repetition; an environment variable names it in one text, with commas. */
export function list<Item extends z.ZodType>(item: Item, expected = 'a list') {
  const items = z.array(item, expected).refine((values) => new Set(values).size === values.length, {
    error: `${expected} without repetition`,
    when: ({ issues }) => issues.length === 0,
  });
  return z.preprocess(readList, items.readonly());
}

/** Settings that belong together; one that is not among them is a fault. The result is frozen. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? 'an object' : undefined) })
    .readonly();
}

// The environment knows texts alone.

function readNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
}

function readFlag(value: unknown): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

function readList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
