import type { Rejected } from '../../domain/factor.ts';
import type { Open } from '../../domain/login.ts';
import type { Problem } from './screen.ts';

/** What a rejected answer tells the person. */
export function problemOf({ reason, field, detail, wait }: Rejected): Problem {
  return {
    code: reason,
    ...(field !== undefined && { field }),
    ...(detail !== undefined && { detail }),
    ...(wait !== undefined && { wait }),
  };
}

/** What a challenge has to say by itself: that its message was not sent. */
export function problemWith(open: Open | undefined): Problem | undefined {
  return open?.undelivered && { code: 'undelivered', detail: `undelivered-${open.undelivered}` };
}
