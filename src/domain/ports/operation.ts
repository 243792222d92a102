import type { AuditEvent } from '../audit.ts';

export interface AuditLog {
  /** All or none; the caller does not go on without them. */
  append(events: readonly AuditEvent[]): Promise<void>;
}

/** An event as it was written, with the name of its place in the order of time. */
export interface WrittenEvent extends AuditEvent {
  readonly id: string;
}

/** Reads what was written about one account. */
export interface AuditHistory {
  /**
   * The latest first.
   * @param before id of an event: those written earlier alone
   */
  about(
    account: string,
    asked: { readonly types: readonly string[]; readonly limit: number; readonly before?: string },
  ): Promise<readonly WrittenEvent[]>;
}

/** Answers whether something that Sluis needs can be reached. Rejects or answers false when it cannot. */
export interface Probe {
  readonly name: string;
  ready(): Promise<boolean>;
}
