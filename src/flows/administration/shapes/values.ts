import { z } from 'zod';
import { acrs } from '../../../domain/acr.ts';

/** One line of text without control characters. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((value) => !/\p{Cc}/u.test(value), 'malformed');

/** A text that an organization wrote itself; what is not there is shown in English, or not at all. */
export const prose = z.strictObject({
  en: z.string().max(2_000).describe('In English.').exactOptional(),
  nl: z.string().max(2_000).describe('In Dutch.').exactOptional(),
});

/** Names a resource; its bounds are those of `sub` (OpenID Connect Core, section 2). */
export const id = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'malformed')
  .describe('Which one.');

export const acr = z.enum(acrs);

/** Milliseconds since the Unix epoch. */
export const time = z.int().min(0);

/** A change is refused when somebody else was faster. */
export const version = z
  .int()
  .min(1)
  .describe('Rises with every change: the one that was seen when this one was thought of.');

export const paging = {
  limit: z.int().min(1).max(200).default(50).describe('How many at most.'),
  after: z.string().max(500).describe('`next` of the page before.').exactOptional(),
};

/** What people type to find something. */
export const prefix = z.string().max(200).describe('What it begins with.');

/** One page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item).describe('One page of them.'),
    next: z.string().describe('Ask for `after` this to get the next page; absent at the end.').exactOptional(),
  });
}

/** Nothing to tell but that it was done. */
export const done = z.strictObject({});
