import type { AuditEvent } from '../../domain/audit.ts';
import type { Epoch } from '../../domain/login.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';

/** Whose page this is, and where the request comes from. */
export interface Owning {
  /** `uid` names the session, where it is to go on. */
  readonly session: SessionStanding & { readonly uid?: string };
  readonly visitor: Required<Pick<AuditEvent, 'address' | 'requestId'>>;
}

/**
 * Why nothing was changed:
 * - `stale`: the account changed since the session began
 * - `unproved`: what the session proved is too little, or too long ago
 * - `unknown`: there is no such thing here
 * - `needed`: it cannot be taken away
 * - `changed`: something else changed at the same moment
 */
export type Refusal = 'stale' | 'unproved' | 'unknown' | 'needed' | 'changed';

/** `epoch` is set where the change ended all sessions: one that carries it from now on is still good. */
export type Outcome = { readonly ok: true; readonly epoch?: Epoch } | { readonly ok: false; readonly reason: Refusal };

export function refused(reason: Refusal): Outcome {
  return { ok: false, reason };
}
