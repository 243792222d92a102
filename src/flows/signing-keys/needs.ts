import type { Clock } from '../../domain/clock.ts';
import type { AuditLog, SigningKeys } from '../../domain/ports.ts';

export interface Needs {
  readonly signingKeys: SigningKeys;
  readonly keyTimes: KeyTimes;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** In milliseconds. */
export interface KeyTimes {
  /** From when a key is published until it signs. */
  readonly lead: number;
  /** For how long it stays published after its turn. */
  readonly verification: number;
}
