import type { Account } from '../../domain/account.ts';
import type { AuditEvent } from '../../domain/audit.ts';
import type { Epoch } from '../../domain/login.ts';
import { FRESH, OWN_PAGE } from '../../domain/own-page.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { isEnough } from '../sign-in/assurance.ts';
import type { Needs } from './needs.ts';

/** Whose page this is, and where the request comes from. */
export interface Owning {
  readonly session: SessionStanding;
  readonly visitor: Required<Pick<AuditEvent, 'address' | 'requestId'>>;
}

/**
 * Why nothing was changed:
 * - `unproved`: the session is no longer good, or its last proof is too old
 * - `unknown`: there is no such thing here
 * - `needed`: it cannot be taken away
 * - `changed`: something else changed at the same moment
 */
export type Refusal = 'unproved' | 'unknown' | 'needed' | 'changed';

/** `epoch` is set where the change ended all sessions: one that carries it goes on. */
export type Outcome = { readonly ok: true; readonly epoch?: Epoch } | { readonly ok: false; readonly reason: Refusal };

export function refused(reason: Refusal): Outcome {
  return { ok: false, reason };
}

/**
 * Whether a session may see its person's own page, or with `fresh` change something there: by the rules of signing in, which a step-up
 * at the front door follows as well.
 */
export function admits(needs: Needs, session: SessionStanding, fresh: boolean): Promise<boolean> {
  const within = fresh ? { provedWithin: FRESH } : {};
  return isEnough(needs, { session, client: OWN_PAGE, acceptableAcrs: [], ...within });
}

/** Whose session this is, where they proved just now who they are. */
export async function changer(needs: Needs, { session }: Owning): Promise<Account | undefined> {
  return (await admits(needs, session, true)) ? needs.accounts.byId(session.account) : undefined;
}

/** Writes down a change that somebody made of their own account. */
export function noteChange(
  { audit, clock }: Needs,
  { session, visitor }: Owning,
  event: Pick<AuditEvent, 'type' | 'details' | 'client'>,
): Promise<void> {
  return audit.append([{ at: clock.now(), account: session.account, ...visitor, ...event }]);
}
