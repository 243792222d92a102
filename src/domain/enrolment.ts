import type { FactorName } from './factor.ts';

/** One factor set up for one account. */
export interface Enrolment<Secret = unknown> {
  readonly id: string;
  readonly account: string;
  readonly factor: FactorName;
  /** JSON that only the factor understands; encrypted at rest and bound to this row. */
  readonly secret: Secret;
  /** What staff may find it by; at rest it is encrypted, and a keyed digest of it is searched. */
  readonly lookup?: string;
  /** Guards every change of the secret: a swap that names an old version loses. */
  readonly version: number;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  /** Wrong answers in a row, over all sign-ins; a right one makes it 0. */
  readonly failures: number;
  /** Set when too many wrong answers in a row switched this factor off; it still counts as held. */
  readonly switchedOffAt?: number;
}

/** Everything an account has set up, as read at one moment. */
export interface EnrolmentSet {
  /** Raised by every addition and removal; `add` must name the one it saw. */
  readonly version: number;
  /** Raised when a factor is removed or reset: what was proved before then no longer counts. */
  readonly epoch: number;
  /** True once the account ever held a second factor, even when none is left. */
  readonly everHeld: boolean;
  /** A reset took everything that was held: the account sets a factor up before it is let in, whatever its organization asks. */
  readonly toSetUp: boolean;
  /** Asked first, where its owner holds several. */
  readonly preferred?: FactorName;
  readonly enrolments: readonly Enrolment[];
  /** What staff prepared and the person has not confirmed: not held, and gone once the account sets that factor up. */
  readonly provisional: readonly Enrolment[];
}
