import type { SessionStanding, SignInRequest } from '../domain/sign-in-request.ts';
import type { Standing } from './standing.ts';

/** A session, and the request that wants to use it. */
export type AssuranceQuestion = Pick<
  SignInRequest,
  'client' | 'acceptableAcrs' | 'adding' | 'provedWithin' | 'inPerson'
> & {
  readonly session: SessionStanding;
  /** The session's account as this request found it, not to be read again. */
  readonly read?: Standing;
};

/**
 * Whether what was proved in a session is enough for a request, by the same rule that the sign-in itself follows. When it is not, the
 * person goes through the steps that are missing.
 */
export type IsEnough = (question: AssuranceQuestion) => Promise<boolean>;
