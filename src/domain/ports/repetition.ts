/**
 * A request that is sent again when whoever sent it does not know whether it arrived. Both are digests: `key` of what its sender named
 * it, `request` of all that it asks for.
 */
export interface Repeatable {
  readonly key: string;
  readonly request: string;
}

/**
 * - `first`: nobody did it yet, and until the claim runs out nobody else will; `claim` names this one
 * - `running`: somebody is at it
 * - `answered`: it was done, with this answer
 * - `another`: another request had this key
 */
export type Claim =
  | { readonly state: 'first'; readonly claim: string }
  | { readonly state: 'running' }
  | { readonly state: 'answered'; readonly answer: string }
  | { readonly state: 'another' };

/** What was answered to requests that must be done once. Times are milliseconds since the Unix epoch. Answers are encrypted at rest. */
export interface Repetitions {
  /** @param until when a claim runs out: a process that died meanwhile blocks nobody for longer */
  claim(asked: Repeatable, times: { readonly now: number; readonly until: number }): Promise<Claim>;
  /** Keeps the answer until then. Does nothing when the claim ran out and somebody else has it. */
  answer(
    key: string,
    given: { readonly claim: string; readonly answer: string; readonly until: number },
  ): Promise<void>;
  /** It was not done after all. */
  release(key: string, claim: string): Promise<void>;
}
