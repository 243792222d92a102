import type { TextMessage } from '../../domain/ports.ts';
import type { UndeliveredReason } from '../../domain/undelivered.ts';

/** A gateway's own protocol: hands a message over once, without a second try. */
export interface Carrier {
  readonly name: string;
  /** The gateway knows a message that it has already by its id, and does not send it twice. */
  readonly idempotent: boolean;
  attempt(message: TextMessage): Promise<Outcome>;
  /** Ends its connections. */
  close?(): Promise<void>;
}

export type Outcome = { readonly taken: true } | NotTaken;

/** The gateway does not have the message; with the reason `unknown`, it may have it. */
export interface NotTaken {
  readonly taken: false;
  readonly reason: Exclude<UndeliveredReason, 'limited'>;
  /** Status or code for the log: no number, text or credential. */
  readonly detail: string;
  /** Milliseconds to wait at least before the next try; absent when one is of no use. */
  readonly again?: number;
}

/** How long a gateway is waited for. */
export interface Patience {
  /** Aborts when what begins now has taken too long. */
  readonly deadline: () => AbortSignal;
}
