import type { AuditEvent } from '../audit.ts';

export interface AuditLog {
  /** All or none; the caller does not go on without them. */
  append(events: readonly AuditEvent[]): Promise<void>;
}

/** Answers whether something that Sluis needs can be reached. Rejects or answers false when it cannot. */
export interface Probe {
  readonly name: string;
  ready(): Promise<boolean>;
}
