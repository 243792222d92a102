import { hash, timingSafeEqual } from 'node:crypto';

/** Whether two strings are the same, in a time that tells nothing about where, or in what length, they differ. */
export function equal(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
