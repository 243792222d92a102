import type { NotTaken } from './carrier.ts';
import type { HttpAnswer } from './http-exchange.ts';

/**
 * What an answer other than success means for the message. 429 and 503 say that it was not processed; other 4xx, and
 * redirects, that it never will be; any other 5xx leaves open how far it got.
 * @param code the gateway's own, for the log
 */
export function failureOf({ status, retryAfter = 0 }: HttpAnswer, code?: unknown): NotTaken {
  const detail = isCode(code) ? `HTTP ${status} ${code}` : `HTTP ${status}`;
  if (status === 429 || status === 503) return { taken: false, reason: 'unreachable', detail, again: retryAfter };
  return { taken: false, reason: status >= 300 && status < 500 ? 'refused' : 'unknown', detail };
}

/** Short and without a run of digits: whatever a gateway answers, no number gets into the log. */
export function isCode(value: unknown): value is string | number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^[\w.-]{1,40}$/.test(text) && !/\d{7}/.test(text);
}
