import type { Account } from './account.ts';
import type { EnrolmentSet } from './enrolment.ts';
import type { FactorName } from './factor.ts';
import type { UndeliveredReason } from './undelivered.ts';

/** Something the person proved in this login or, on a step-up, earlier in the same session. */
export interface Proof {
  readonly factor: FactorName;
  readonly enrolment?: string;
  /** Method values of RFC 8176. */
  readonly amr: readonly string[];
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Names a step and, where there is one, its factor: `identify`, `prove:totp`. Forms carry it, so that a stale tab is noticed. */
export type StepName = string;

/** A ceremony that was started and waits for its answer. */
export interface Open {
  readonly remember: unknown;
  readonly show: object;
  /** Milliseconds since the Unix epoch; absent where the ceremony has no deadline of its own. */
  readonly expiresAt?: number;
  /** What had to be sent for it was not. */
  readonly undelivered?: UndeliveredReason;
}

/** Everything remembered between two requests of one sign-in, kept under the interaction's uid and encrypted. */
export interface Login {
  readonly uid: string;
  /** Guards every move: a save that names an old version loses. */
  readonly version: number;
  readonly account?: string;
  /** The account's epoch when it was identified. */
  readonly epoch?: Epoch;
  readonly proofs: readonly Proof[];
  /** How many of the proofs the session brought along; the rest were given in this login. */
  readonly brought: number;
  readonly open: Readonly<Record<StepName, Open>>;
  /** The method the person picked where there are several. */
  readonly chosen?: FactorName;
  /** What this browser can set up and the person has not been asked about: offered once every gate is open. */
  readonly offers: readonly FactorName[];
  /** A further factor that the person sets up of their own accord, once every gate is open. */
  readonly adding?: FactorName;
  /** The notice of the wizard was read. */
  readonly introduced: boolean;
  /** This login set a factor up: it shows the wizard's steps. */
  readonly wizard: boolean;
  /** The warning that few recovery codes are left was read. */
  readonly warned: boolean;
  /** The notice was read that a second factor will have to be set up. */
  readonly announced: boolean;
  /** The person sets one up before that. */
  readonly early: boolean;
  /** The person asked to stay signed in after the browser closes. */
  readonly stay: boolean;
  /** The person agreed to what the client asks to see. */
  readonly consented: boolean;
  /** A way off the main road that the person took, as soon as they are known. */
  readonly detour?: 'reset';
  /** What has just happened, for who begins anew: the factors of the account were reset. */
  readonly notice?: 'reset';
}

/** The account's own epoch and that of its enrolments, as one comparable value. */
export type Epoch = string;

export function epochOf(account: Pick<Account, 'epoch'>, set: Pick<EnrolmentSet, 'epoch'>): Epoch {
  return `${account.epoch}.${set.epoch}`;
}

/** A login that nobody has answered yet. */
export function newLogin(uid: string): Login {
  return {
    uid,
    version: 0,
    proofs: [],
    brought: 0,
    open: {},
    offers: [],
    introduced: false,
    wizard: false,
    warned: false,
    announced: false,
    early: false,
    consented: false,
    stay: false,
  };
}
