import { randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Rejected } from '../../domain/factor.ts';
import { typedCode } from '../typed-code.ts';

const DIGITS = 6;

/** Milliseconds for which a code may be answered: NIST SP 800-63B-4, section 3.1.3.2, allows ten minutes. */
const LIFETIME = 600_000;

/** Milliseconds from one message to the next to the same number. */
export const COOL_DOWN = 30_000;

/** A code, and the one number that it was sent to. */
export const sentCode = z.strictObject({
  number: z.string(),
  code: z.string().regex(/^\d{6}$/),
  /** Milliseconds since the Unix epoch: when it ends, and when it was sent last. */
  until: z.int(),
  sentAt: z.int(),
});
export type SentCode = z.output<typeof sentCode>;

/**
 * The code to send to a number now. As long as one lives that was sent there it is the same: a message that arrives late is
 * then not the wrong one. For another number it is another: who reads the first message learns nothing about the second.
 */
export function codeFor(number: string, before: SentCode | null, now: number): SentCode {
  if (before?.number === number && now < before.until) return { ...before, sentAt: now };
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  return { number, code, until: now + LIFETIME, sentAt: now };
}

/** Milliseconds to wait before another message to the same number; 0 when none. */
export function pauseAfter({ sentAt }: SentCode, now: number): number {
  return Math.max(0, sentAt + COOL_DOWN - now);
}

/** What is wrong with a code that somebody typed; undefined when it is right. */
export function objectionTo(typed: string | undefined, { code, until }: SentCode, now: number): Rejected | undefined {
  const given = typedCode(typed);
  if (!/^\d{6}$/.test(given)) return { ok: false, reason: 'malformed', field: 'code' };
  if (now >= until) return { ok: false, reason: 'expired', field: 'code' };
  return timingSafeEqual(Buffer.from(given), Buffer.from(code)) ? undefined : { ok: false, reason: 'wrong' };
}
