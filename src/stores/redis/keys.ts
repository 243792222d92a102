import { hash } from 'node:crypto';

/**
 * Milliseconds that Redis keeps an entry beyond its deadline. Deadlines are data and compared with the clock;
 * expiry in Redis only collects what is over, so it must never come first, whatever its own clock says.
 */
export const GRACE = 60_000;

/** What stands for an id in Redis. Enough for what has 128 random bits or more; what a person can guess is digested with a key. */
export function digest(id: string): string {
  return hash('sha256', id, 'base64url');
}

/** A key of Redis. All keys with the same name and digest lie in one slot of a Cluster. */
export function keyOf(name: string, digested: string): string {
  return `sluis:{${name}:${digested}}`;
}
