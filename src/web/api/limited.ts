import { isWithin } from '../../domain/limits.ts';
import type { Limits, SendingRule } from '../../domain/ports.ts';
import { ApiError } from './problem.ts';

/** How many requests a service may send. */
export interface RequestLimit {
  readonly requests: Limits<'client'>;
  readonly rule: SendingRule;
}

/**
 * Counts a request of a service, before anything else is done for it.
 * @throws {ApiError} `too-many-requests`
 * @throws {Failure} `unavailable` when nobody can tell
 */
export async function assertNotTooMany({ requests, rule }: RequestLimit, client: string): Promise<void> {
  if (await isWithin(requests, { client })) return;
  // The time began with the first that counts: it is over by then.
  throw new ApiError('too-many-requests', { 'Retry-After': String(Math.ceil(rule.within / 1_000)) });
}
