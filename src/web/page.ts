import type { FactorName } from '../domain/factor.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { Locale } from '../domain/locale.ts';
import type { StepName } from '../domain/login.ts';
import type { LocalizedText } from '../domain/organization.ts';
import type { Refusal } from '../domain/step.ts';
import type { AdminPart } from './admin/part.ts';
import type { ApiPart } from './api/docs.ts';
import type { OwnPart } from './own-part.ts';

/**
 * A template under views/, without its ending. Which fields of `Page` each one reads:
 *
 * | view | beyond what every page may carry |
 * | --- | --- |
 * | `factors/<name>/identify` | `show`, `alongside`, `remembered`, `offerStay` |
 * | `factors/<name>/alongside` | on that page, for another way to say who one is: its `show` |
 * | `interaction/introduce` | `position` |
 * | `interaction/choose` | `between`, `chosen`, `position` |
 * | `factors/<name>/enrol` | `factor`, `show`, `others`, `optional`, `position` |
 * | `factors/<name>/prove` | `factor`, `show`, `others`, `another`, `rememberDays`, `triesLeft` |
 * | `factors/<name>/reset` | `show`, `triesLeft`, `links` |
 * | `interaction/permit` | `show`, `triesLeft` |
 * | `interaction/locked` | `until` |
 * | `interaction/announce` | `until`: when a second factor has to be there |
 * | `interaction/codes-low` | `left` |
 * | `interaction/offer` | `factor` |
 * | `interaction/consent` | `client`, `scopes` |
 * | `interaction/refused` | `refusal`, `leadsTo` (back to the application) |
 * | `interaction/finish` | `leadsTo`: where the browser goes on, at once |
 * | `interaction/restart` | `leadsTo` (begins again at the application), absent where nobody knows |
 * | `cannot-sign-in` | `links`, `organization` |
 * | `permit` | `state`, `token`, `until`, `leadsTo` |
 * | `password/forgotten` | `show`: `askOffice`; `remembered`, `links` |
 * | `password/sent` | `links` |
 * | `password/new` | `person`, `show`: `token`, `kind`, `shortest`, `longest`, `about` |
 * | `password/over` | `links` |
 * | `email/confirm` | `person`, `token`, `show`: `address` |
 * | `email/over`, `email/changed` | `leadsTo`: the person's own page |
 * | `password/chosen` | `client`, `leadsTo` |
 * | `sign-out` | `form`: the hidden form of oidc-provider, id `op.logoutForm` |
 * | `signed-out` | `client`, `leadsTo` |
 * | `device/code` | `show`: `action`, `xsrf` (absent for who has to wait), `code` (brought by a link, or wrong) |
 * | `device/confirm` | `client`, `show`: `action`, `xsrf`, `code` |
 * | `device/connected` | |
 * | `account/…` | `own` |
 * | `admin/…` | `admin` |
 * | `api` | `api` |
 * | `home` | `leadsTo`: the person's own page |
 * | `error` | `error` |
 */
export type View =
  | `factors/${FactorName}/${'identify' | 'enrol' | 'prove' | 'reset'}`
  | `interaction/${'introduce' | 'choose' | 'locked' | 'permit' | 'codes-low' | 'announce' | 'offer' | 'consent' | 'refused' | 'finish' | 'restart'}`
  | `password/${'forgotten' | 'sent' | 'new' | 'over' | 'chosen'}`
  | `email/${'confirm' | 'over' | 'changed'}`
  | 'cannot-sign-in'
  | 'api'
  | 'permit'
  | `account/${string}`
  | `admin/${string}`
  | `device/${'code' | 'confirm' | 'connected'}`
  | 'sign-out'
  | 'signed-out'
  | 'home'
  | 'error';

/**
 * Why a form is shown again, or what the person should know about it. Each has a text `problem.<code>`; a field or a factor may word it better in
 * `field.<name>.<code>` or `factor.<name>.problem.<code>`.
 */
export interface Problem {
  /** As a sign-in reports it. Open: a code without a text of its own gets that of `unknown`. */
  readonly code: string;
  /** The factor that was answered, where it is not that of the page. */
  readonly by?: FactorName;
  /** What exactly is the matter; `factor.<name>.problem.<detail>` comes before all other words. */
  readonly detail?: string;
  /** The form field to lead to; without one, the first field of the view. */
  readonly field?: string;
  /** What the text names: `seconds`, where waiting helps. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Everything that a template gets. Plain data: a handler fills in what it knows, and what is absent is not shown. */
export interface Page {
  /** The language of every text on the page. */
  readonly locale: Locale;
  /** Where the same page is found in each language; absent where switching makes no sense (the answer to a POST of somebody else's form). */
  readonly languages?: readonly { readonly locale: Locale; readonly href: string }[];
  /** Posted back as `step`, so that a stale tab is noticed. Forms post to the address of the page itself. */
  readonly step?: StepName;
  /** Posted back as `bound` in every form: ties it to the account that it was shown to. */
  readonly bound?: string;

  /** The application that the person came from. `logo` and the links are its own metadata: only http(s) addresses. */
  readonly client?: {
    readonly name: string;
    readonly logo?: string;
    readonly uri?: string;
    readonly policy?: string;
    readonly terms?: string;
    readonly description?: LocalizedText;
  };
  /** The person's office, once it is known. */
  readonly organization?: { readonly name: string; readonly reason?: LocalizedText; readonly contact?: LocalizedText };
  /** Who is signing in, once the password was right. */
  readonly person?: { readonly username: string; readonly name?: string };

  readonly problem?: Problem;
  /** What was posted and not accepted, for the fields that a view fills in again. Not for passwords and codes. */
  readonly typed?: Readonly<Record<string, string>>;
  /** Wrong answers that are still borne before the block. */
  readonly triesLeft?: number;
  /** The factor of this step. */
  readonly factor?: FactorName;
  /** What the factor lets its view see. */
  readonly show?: object;
  /** What other factors that can answer this page let their part of it see, by their names. */
  readonly alongside?: Readonly<Record<FactorName, object>>;
  /** The person sets this up of their own accord: not now is an answer, too. */
  readonly optional?: boolean;
  /** One more of this factor may be set up after it (a button `act=add`), or the person asked for that (`act=back` takes it back). */
  readonly another?: 'possible' | 'wanted';
  /** The person may ask not to be asked again in this browser for so many days: a box `device`, value `on`. */
  readonly rememberDays?: number;
  /** Other factors that the person may take instead: buttons `act=choose`, `factor=<name>`. */
  readonly others?: readonly FactorName[];
  /** The methods to choose from, the easiest first. */
  readonly between?: readonly FactorName[];
  /** The one of them that is marked at first. */
  readonly chosen?: FactorName;
  /** Where in the wizard: introduction, method, recovery code. Absent outside of it. */
  readonly position?: 1 | 2 | 3;

  /** Values that this browser remembers or the request brought (`login_hint`). */
  readonly remembered?: { readonly username?: string; readonly office?: string; readonly remember?: boolean };
  /** Offer "Stay signed in". */
  readonly offerStay?: boolean;

  /** Milliseconds since the Unix epoch: when a block ends. */
  readonly until?: number;
  /** Recovery codes left. */
  readonly left?: number;
  readonly refusal?: Refusal;
  /** Factors that too many wrong answers switched off. */
  readonly switchedOff?: readonly FactorName[];
  /** The person may set their factors up again with a recovery code: a button `act=reset`. */
  readonly mayReset?: boolean;
  /** What the person came for, before anybody knows who they are. */
  readonly detour?: 'reset';
  /** What has just happened. */
  readonly notice?: 'reset';
  /** Of a mailed link: to be followed, followed, or worth nothing. */
  readonly state?: 'offered' | 'given' | 'void';
  /** The secret of a mailed link. */
  readonly token?: string;
  /** The scopes that the application asks for. */
  readonly scopes?: readonly string[];
  /** An absolute or root-relative http(s) address made by the server, never taken from a request unchecked. */
  readonly leadsTo?: string;
  /** HTML made by oidc-provider: the one value that a view does not escape. */
  readonly form?: string;

  /** Links that exist; one that is absent is not shown. */
  readonly links?: {
    /** The page `cannot-sign-in`. */
    readonly cannotSignIn?: string;
    readonly forgottenPassword?: string;
    /** Where `act=reset` is posted to, to set two-factor authentication up again. */
    readonly lostFactor?: string;
    /** Back to the page that led here. */
    readonly back?: string;
  };
  /** The person may give up: the application gets `access_denied`. */
  readonly cancel?: boolean;

  /** The person's own page. */
  readonly own?: OwnPart;
  /** The console. */
  readonly admin?: AdminPart;

  /** What the REST API can do. */
  readonly api?: ApiPart;

  readonly error?: {
    /** A code of ours, or of OAuth 2.0 and OpenID Connect: `failure.<code>` has the words, `failure.unknown` those for a code without. */
    readonly code: FailureCode | (string & {});
    /** The technical reason, in English, for whoever runs the application. Only with errors of the protocol. */
    readonly description?: string;
    readonly requestId?: string;
  };
}

/** What a deployment calls itself and looks like. */
export interface Brand {
  readonly name: string;
  /** Path of an SVG, PNG or WebP file that takes the place of the mark. */
  readonly logo?: string;
  /** `#rrggbb`. Made darker or lighter as far as it takes to be readable. */
  readonly colour?: string;
  /** `#rrggbb`, for the dark scheme; by default made from `colour`. */
  readonly darkColour?: string;
  /** Pages elsewhere, linked at the foot of every page. */
  readonly links?: { readonly help?: string; readonly privacy?: string; readonly imprint?: string };
}
