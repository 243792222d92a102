import type { Account } from '../../domain/account.ts';
import type { Acr } from '../../domain/acr.ts';
import type { Client } from '../../domain/client.ts';
import type { FactorName } from '../../domain/factor.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Epoch, Login, Proof } from '../../domain/login.ts';
import type { Organization } from '../../domain/organization.ts';
import type { Step } from '../../domain/step.ts';
import type { GivenPermit } from '../permits/give.ts';

/** Why the last answer did not lead further. Codes are stable; their texts are `problem.<code>`. */
export interface Problem {
  readonly code:
    | 'wrong'
    | 'malformed'
    | 'expired'
    | 'refused'
    | 'undelivered'
    | 'pending'
    | 'stale'
    | 'changed'
    | 'throttled'
    | 'not-offered';
  /** The factor that was answered, where the step has several. */
  readonly by?: FactorName;
  /** The field of the form that it is about. */
  readonly field?: string;
  /** What exactly is the matter: `factor.<name>.problem.<detail>` has the words, where the factor knows more than the code says. */
  readonly detail?: string;
  /** Wrong answers that are still borne before a block. */
  readonly left?: number;
  /** Milliseconds to wait before the next try. */
  readonly wait?: number;
}

/** What a person sees: the step their login is at, and what belongs to it. */
export interface Screen {
  readonly step: Step;
  /** What the factor of this step lets the view see. */
  readonly show: object;
  /** What other factors that can answer this step let the view see, by their names. */
  readonly alongside?: Readonly<Record<FactorName, object>>;
  readonly problem?: Problem;
  readonly client?: Client;
  readonly account?: Account;
  readonly organization?: Organization;
  /** Which of the wizard's three steps this is, while a factor is being set up. */
  readonly wizard?: 1 | 2 | 3;
  /** One more of what is being proved may be set up after it, or the person asked for that. */
  readonly another?: 'possible' | 'wanted';
  /** Factors of this account that too many wrong answers switched off. */
  readonly switchedOff?: readonly FactorName[];
  /** For how many days the person may ask not to be asked again in this browser, where they may: a field `device=on`. */
  readonly rememberDays?: number;
  /** The person may set their factors up again with a recovery code. */
  readonly mayReset?: boolean;
  /** Where that is what they came for, before it is known who they are. */
  readonly detour?: Login['detour'];
  readonly notice?: Login['notice'];
  /** Ties a form to the account it was shown to. */
  readonly bound?: string;
  /** Digest of a name that was just proved from this browser: it may keep a count of its own from now on. */
  readonly recognised?: string;
  /** To be kept in this browser: somebody does not want to be offered a factor again. */
  readonly postponed?: string;
  /** The secret of a permit, to be kept in this browser. */
  readonly permit?: GivenPermit;
  /** Secrets of the devices that this browser keeps from now on, in place of those it brought. */
  readonly devices?: readonly string[];
  /** Set when the step is `done`. */
  readonly outcome?: Outcome;
}

/** How somebody signed in, for the ID token and the session. */
export interface Outcome {
  readonly account: string;
  readonly acr: Acr;
  readonly amr: readonly string[];
  readonly proofs: readonly Proof[];
  readonly epoch: Epoch;
  /** When the first stage was passed; milliseconds since the Unix epoch. `auth_time` for a sign-in that is not a step-up. */
  readonly identifiedAt: number;
  /** The session outlives the browser. */
  readonly stay: boolean;
  /** Id of the remembered device that stood in for a second factor. */
  readonly remembered?: string;
  /** Digest of the account, to be kept in this browser: from here on it is no new device. */
  readonly device: string;
}

/** Where a request comes from. */
export interface Visitor {
  readonly address: string;
  /** Of the page that the visitor sees. */
  readonly locale: Locale;
  readonly requestId: string;
  /** Secrets of the permits that this browser keeps. */
  readonly permits?: readonly string[];
  /** Secrets of the remembered devices that this browser is, one for each of its people. */
  readonly devices?: readonly string[];
  /** What the browser says it is, cut short. */
  readonly agent?: string;
  /** A browser that is known: its id, digests of the names that signed in, and what `Screen.postponed` and `Outcome.device` gave it to keep. */
  readonly browser?: {
    readonly id: string;
    readonly names: readonly string[];
    readonly postponed: readonly string[];
    readonly accounts: readonly string[];
  };
}
