import type { Account } from './account.ts';
import type { Enrolment } from './enrolment.ts';
import type { Locale } from './locale.ts';

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
 * - `refused`: right in form, but not acceptable (a foreign key, a message that was asked for too soon)
 */
export type Rejection = 'wrong' | 'malformed' | 'expired' | 'refused';

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
  | Rejected;

export interface Rejected {
  readonly ok: false;
  readonly reason: Rejection;
  /** The one of the answer's fields that is at fault, where there are several. */
  readonly field?: string;
  /** What exactly is wrong with it, for a text of its own: `factor.<name>.problem.<detail>`. */
  readonly detail?: string;
  /** Milliseconds after which the same answer will do. */
  readonly wait?: number;
  /** An enrolment of which somebody seems to have a copy, and whose it is: they must be told. */
  readonly copied?: { readonly account: string; readonly enrolment: string };
}

/** One question, asked and then answered: the shape of a WebAuthn ceremony, for every factor. */
export interface Ceremony<Subject, State, Secret> {
  start(subject: Subject): Promise<Started<State>>;
  /**
   * Sends what has to be sent; called once for each state, after it was saved.
   * @throws {Undelivered} when it could not be sent: the person is told, and the challenge stays open
   */
  deliver?(subject: Subject, state: State): Promise<void>;
  finish(subject: Subject, state: State, answer: Form): Promise<Verdict<State, Secret>>;
  /** Whether what was asked is still to be answered: what it was about may have changed since. Without this verb, it always is. */
  stands?(subject: Subject, state: State): boolean;
  /** A challenge may be answered once, rightly or not: it is closed before the answer is judged. */
  readonly once?: true;
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

/** Where the person is: what is sent to them is limited by address and written in this language. */
export interface Visiting {
  readonly address: string;
  /** The person's own, else that of the page they see. */
  readonly locale: Locale;
}

/** Who sets a factor up. */
export interface Enrolling<Secret> {
  readonly account: Account;
  readonly visiting: Visiting;
  /** What staff prepared for this account and nobody confirmed yet. */
  readonly provisional?: Enrolment<Secret>;
  /** Whether the person may set up something else than what staff prepared. */
  readonly mayReplace: boolean;
}

/** Who proves a factor, and with which of their enrolments of it: none of them is ever switched off. */
export interface Authenticating<Secret> {
  readonly account: Account;
  readonly visiting: Visiting;
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
  /** A second factor that can also stand first: it tells who is there, and is two factors by itself (a passkey). */
  readonly identifies?: true;
}

/** A way to prove who you are. One folder each; the list is `factors/index.ts`. */
export interface Factor<Secret = unknown, State = unknown> extends FactorTraits {
  /** Finds out who is there; for factors of the first stage and those that can stand there. */
  readonly identification?: Ceremony<undefined, State, Secret>;
  readonly enrolment?: Ceremony<Enrolling<Secret>, State, Secret>;
  readonly authentication?: Ceremony<Authenticating<Secret>, State, Secret>;
  /** People may have more than one of it, and add one when they have set one up. */
  readonly several?: true;
  /** Where people have several, what they call each. */
  readonly naming?: {
    /** Undefined for one without a name. */
    of(secret: Secret): string | undefined;
    /** The same secret under another name. @param typed anything; empty takes the name away */
    give(secret: Secret, typed: string): Secret;
  };
  /** What its owner knows it by where it has no name: a number, most of it hidden. */
  describe?(secret: Secret): Promise<string>;
  /** How many times more this secret can be used, for secrets that are used up (recovery codes). */
  remaining?(secret: Secret): number;
  /**
   * The secret of something that was set up in another system. Without this verb a factor cannot be imported.
   * @param given what the line of an import says of it, unchecked
   * @returns undefined when nobody could use it
   */
  imported?(given: unknown): Secret | undefined;
  /** The secret of somebody who is reached at this phone number (E.164), for a factor that reaches people by phone. */
  reachedAt?(number: string): Secret;
  /**
   * A phone number that staff typed, in E.164, or a stable word for what is wrong with it. Goes with `reachedAt`.
   * @param country ISO 3166-1 alpha-2; counts where the number does not name its own
   */
  readNumber?(typed: string, country?: string): Promise<{ readonly number: string } | { readonly fault: string }>;
  /** What staff may find an enrolment by. Stored encrypted and as a keyed digest. */
  lookup?(secret: Secret): string;
}
