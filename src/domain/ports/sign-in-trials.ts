/** A sign-in at an application, as somebody wants to try it. */
export interface WantedTrial {
  /** `client_id`. */
  readonly client: string;
  /** What is asked for; `openid` is, too. */
  readonly scopes: readonly string[];
  /** Names who tries it, and the session they are in: nobody else is told what comes of it. */
  readonly bound: string;
}

/** A trial that has begun. */
export interface BegunTrial {
  /** Where the browser goes. */
  readonly address: string;
  /** For that browser to keep until it is back: nothing that it could read or change. */
  readonly ticket: string;
}

/** What a browser comes back with. */
export interface TrialAnswer {
  readonly ticket: string;
  /** As when it began. */
  readonly bound: string;
  /** Value of the cookie of the session that somebody signed in to on the way; a secret. */
  readonly session?: string;
  /** Of the authorization response (RFC 6749, sections 4.1.2 and 4.1.2.1). */
  readonly state: string;
  readonly code?: string;
  readonly error?: string;
  readonly description?: string;
}

export type TrialResult = (GrantedTrial | RefusedTrial) & {
  /** `client_id`. */
  readonly client: string;
};

/** The application would have got this. */
export interface GrantedTrial {
  readonly outcome: 'granted';
  /** As it was issued; a secret until it expires. */
  readonly idToken: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly userinfo: Readonly<Record<string, unknown>>;
  /** What was granted of what was asked for. */
  readonly scopes: readonly string[];
}

/** The application would have got an error of OAuth 2.0 or OpenID Connect, in their own words. */
export interface RefusedTrial {
  readonly outcome: 'refused';
  readonly error: string;
  readonly description?: string;
}

/**
 * Sign-ins at applications that administrators try: the whole flow, with everything that the application demands of people, except that
 * nothing reaches the application and nothing is left of it.
 */
export interface SignInTrials {
  /** @param session cookie of a trial before that was broken off: its session ends */
  begin(wanted: WantedTrial, session?: string): Promise<BegunTrial>;
  /**
   * Redeems what came back, and ends at once every token and the session that came of it.
   * @returns undefined for what is no trial of theirs, took longer than ten minutes, or was answered before
   */
  finish(answer: TrialAnswer): Promise<TrialResult | undefined>;
}
