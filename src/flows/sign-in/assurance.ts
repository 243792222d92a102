import type { Holder } from '../../domain/ports.ts';
import type { SessionStanding, SignInRequest } from '../../domain/sign-in-request.ts';
import type { Needs } from './needs.ts';
import { readingOnce } from './reading-once.ts';
import { standingOf } from './standing.ts';
import { started } from './started.ts';

/**
 * Whether a session is enough for a request, or the person must be asked for more. The same derivation as signing in itself:
 * what it does not ask for can never be asked for again and again.
 * @param read what this request has read of the session's account already
 */
export async function isEnough(
  needs: Needs,
  {
    read,
    ...request
  }: Pick<SignInRequest, 'client' | 'acceptableAcrs' | 'adding' | 'provedWithin' | 'inPerson'> & {
    readonly session: SessionStanding;
    readonly read?: Holder;
  },
): Promise<boolean> {
  const asked = { ...request, uid: '', fresh: false };
  const { step } = await standingOf(readingOnce(needs, read), { request: asked }, started(asked));
  return step.at === 'done';
}
