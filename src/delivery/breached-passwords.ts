import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Logger } from 'pino';
import type { BreachedPasswords } from '../domain/ports.ts';

export interface BreachedPasswordsParts {
  /** Ends with a slash: five characters of a hash come after it. */
  readonly url: string;
  /** Milliseconds to wait for an answer, to its end. */
  readonly timeout: number;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Characters of the hash that the service gets to see: it answers all hashes that begin so. */
const PREFIX = 5;

/**
 * Asks a service that answers range queries as Pwned Passwords does (k-anonymity): it learns five characters of a SHA-1, and, with
 * padding, nobody on the way learns more from the length of the answer.
 */
export function breachedPasswords({ url, timeout, logger }: BreachedPasswordsParts): BreachedPasswords {
  return {
    async has(password) {
      const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
      const signal = AbortSignal.timeout(timeout);
      try {
        const answer = await fetch(`${url}${hash.slice(0, PREFIX)}`, {
          headers: { 'Add-Padding': 'true', 'User-Agent': 'sluis' },
          redirect: 'error',
          signal,
        });
        if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
        // `answer.text()` may wait longer: once the headers are here, Node 20 and 22 let go of the signal when they collect garbage.
        const ranges = await text(answer.body.pipeThrough(new TextDecoderStream(), { signal }));
        return countIn(ranges, hash.slice(PREFIX)) > 0;
      } catch (error) {
        // The name alone: what fetch says may quote the address, which has part of the hash.
        const reason = error instanceof Error && /^HTTP \d+$/.test(error.message) ? error.message : nameOf(error);
        logger.warn({ reason }, 'a new password could not be checked for breaches, and was accepted');
        return false;
      }
    },
  };
}

/** Lines of `<rest of a hash>:<how often it was seen>`; those that only pad the answer were never seen. */
function countIn(ranges: string, rest: string): number {
  const line = ranges.split(/\r?\n/).find((one) => one.toUpperCase().startsWith(`${rest}:`));
  return Number(line?.slice(rest.length + 1) ?? 0);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
