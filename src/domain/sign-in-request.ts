import type { FactorName } from './factor.ts';
import type { Epoch, Proof } from './login.ts';

/** What an authorization request asks of the person, free of HTTP and of any library. */
export interface SignInRequest {
  /** Names this one request; in the page's address. */
  readonly uid: string;
  /** `client_id`. */
  readonly client: string;
  /** `prompt=login` or a `max_age` that has passed: what the session proved does not count. */
  readonly fresh: boolean;
  /**
   * The person themselves must prove everything: a remembered device stands in for nothing. `prompt=login` and any `max_age` want it,
   * and so does the person's own page.
   */
  readonly inPerson?: boolean;
  /** `acr_values` or the values of the `acr` claim, as they came: any one of them is acceptable. */
  readonly acceptableAcrs: readonly string[];
  /** The session that asks for more, or for consent. */
  readonly session?: SessionStanding;
  /** Milliseconds: the proof of the last gate must be no older. What else the session proved still counts. */
  readonly provedWithin?: number;
  /**
   * A further factor that the person wants to set up, or recovery codes that they want anew: asked for once every gate is open, in a
   * session that proved a factor it holds.
   */
  readonly adding?: FactorName;
  /** What a client that is not the deployment's own asks to see; absent when nothing is to be agreed to. */
  readonly consent?: ConsentRequest;
  /** `login_hint`, OpenID Connect Core, section 3.1.2.1. */
  readonly loginHint?: string;
  /** The `sub` that an `id_token_hint` or a claims request names: nobody else will do. */
  readonly subject?: string;
}

/** Who a session belongs to and what was proved in it. */
export interface SessionStanding {
  readonly account: string;
  readonly epoch: Epoch;
  readonly proofs: readonly Proof[];
  /** Id of the remembered device that stood in for a second factor. */
  readonly remembered?: string;
}

export interface ConsentRequest {
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
}
