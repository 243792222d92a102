import { timingSafeEqual } from 'node:crypto';
import { createGuardrails, generateSync } from 'otplib';
import { LEAST_BYTES, type TotpSecret } from './secret.ts';

const guardrails = createGuardrails({ MIN_SECRET_BYTES: LEAST_BYTES });

/**
 * The time step (RFC 6238, section 4.2) that a code belongs to: the present one, or the one before or after it, which makes up
 * for clocks that differ. Steps up to the last one used no longer count (section 5.2).
 * @param code as many digits as the secret's codes have
 * @param now milliseconds since the Unix epoch
 */
export function matchingStep(secret: TotpSecret, code: string, now: number): number | undefined {
  const { key, lastStep, algorithm, digits, period } = secret;
  const present = Math.floor(now / 1000 / period);
  let match: number | undefined;
  // To the end, even after a match: of two steps with the same code the later one counts, or the code would work twice.
  for (const step of [present - 1, present, present + 1]) {
    if (step <= lastStep) continue;
    const right = generateSync({ secret: key, epoch: step * period, algorithm, digits, period, guardrails });
    if (timingSafeEqual(Buffer.from(right), Buffer.from(code))) match = step;
  }
  return match;
}
