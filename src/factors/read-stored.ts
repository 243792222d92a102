import type { ZodType } from 'zod';

/**
 * What a factor stored earlier, checked.
 * @param what names it in the error, which never holds the value
 * @throws Error when it is anything else: a damaged secret lets nobody in
 */
export function readStored<Stored>(what: string, schema: ZodType<Stored>, stored: unknown): Stored {
  const parsed = schema.safeParse(stored);
  if (!parsed.success) throw new Error(`The ${what} cannot be read`);
  return parsed.data;
}
