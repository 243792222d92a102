import type { Account } from './account.ts';
import type { Enrolment } from './enrolment.ts';

/** Names are open: a new factor adds one without touching a type. */
export type FactorName = string;

/** What a browser form posted: field name to value. Never trusted, never logged. */
export type Form = Readonly<Record<string, string>>;

/** A ceremony that has begun. `remember` is kept, encrypted, until the answer comes; `show` is all that the view may see. */
export interface Started<State> {
  readonly remember: State;
  readonly show: object;
}

/**
 * Why an answer was not accepted. Only `wrong` counts towards a block:
 * - `wrong`: judged, and not right; a code that was used before is one of these
 * - `malformed`: could not have been right (letters in a code, too short)
 * - `expired`: the challenge is too old
 * - `refused`: right in form, but never acceptable (a foreign key)
 * - `undelivered`: the message could not be sent
 */
export type Rejection = 'wrong' | 'malformed' | 'expired' | 'refused' | 'undelivered';

export type Verdict<State, Secret> =
  | {
      readonly ok: true;
      /** The secret from now on: replay is refused because only one swap of it can win. */
      readonly secret: Secret;
      /** Method values of RFC 8176. */
      readonly amr: readonly string[];
      /** Which of the offered enrolments gave the proof. */
      readonly enrolment?: string;
      /** Who this is, where the ceremony identifies the person. */
      readonly account?: Account;
    }
  /** Not done: the same ceremony asks one more thing (SMS: the number first, then the code). */
  | { readonly ok: 'more'; readonly remember: State; readonly show: object }
  /** Somebody has yet to act elsewhere (approval on a phone). */
  | { readonly ok: 'pending' }
  /** `field` is the one of the answer's fields that is at fault, where there are several. */
  | { readonly ok: false; readonly reason: Rejection; readonly field?: string };

/** One question, asked and then answered: the shape of a WebAuthn ceremony, for every factor. */
export interface Ceremony<Subject, State, Secret> {
  start(subject: Subject): Promise<Started<State>>;
  /** Sends what has to be sent; called once, after the state was saved. */
  deliver?(subject: Subject, state: State): Promise<void>;
  finish(subject: Subject, state: State, answer: Form): Promise<Verdict<State, Secret>>;
  /** `start` has nothing to remember: nothing is stored, and an answer is judged without it. */
  readonly stateless?: true;
  /**
   * Whom an answer claims to be, as typed, and nobody else: attempts are slowed down by it, and a right one forgives the wrong ones.
   * For ceremonies that identify.
   */
  claimed?(answer: Form): Promise<string>;
  /** How long a started ceremony may be answered, in milliseconds; absent means as long as the login lives. */
  readonly lifetime?: number;
}

/** Who sets a factor up. `provisional` is an enrolment that staff prepared and the person has not confirmed. */
export interface Enrolling<Secret> {
  readonly account: Account;
  readonly provisional?: Enrolment<Secret>;
}

/** Who proves a factor, and with which of their enrolments of it: none of them is ever switched off. */
export interface Authenticating<Secret> {
  readonly account: Account;
  readonly enrolments: readonly Enrolment<Secret>[];
}

/** What policy needs to know of a factor, without knowing which one it is. */
export interface FactorTraits {
  readonly name: FactorName;
  /** `first` identifies the person; `second` is asked after that; `recovery` stands in for a second factor that somebody lost. */
  readonly role: 'first' | 'second' | 'recovery';
  /** NIST SP 800-63B-4, section 3.2.5: an answer given to the wrong site is worth nothing. */
  readonly phishingResistant: boolean;
  /** True when the answer is short enough to guess: wrong ones are counted and block. */
  readonly guessable: boolean;
}

/** A way to prove who you are. One folder each; the list is `factors/index.ts`. */
export interface Factor<Secret = unknown, State = unknown> extends FactorTraits {
  /** Finds out who is there; for factors of the first stage. */
  readonly identification?: Ceremony<undefined, State, Secret>;
  readonly enrolment?: Ceremony<Enrolling<Secret>, State, Secret>;
  readonly authentication?: Ceremony<Authenticating<Secret>, State, Secret>;
  /** How many times more this secret can be used, for secrets that are used up (recovery codes). */
  remaining?(secret: Secret): number;
  /**
   * The secret of something that was set up in another system. Without this verb a factor cannot be imported.
   * @param given what the line of an import says of it, unchecked
   * @returns undefined when nobody could use it
   */
  imported?(given: unknown): Secret | undefined;
}
