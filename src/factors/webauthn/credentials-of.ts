import type { Enrolment } from '../../domain/enrolment.ts';
import type { FactorName, Rejected } from '../../domain/factor.ts';
import { type Credential, type Objection, readCredential } from './credential.ts';

/** A security key is asked for after the password. */
export const SECURITY_KEY = 'security-key';
/** A passkey can also stand in its place. */
export const PASSKEY = 'passkey';

/** A stored credential, and the enrolment that it belongs to. */
export interface Held {
  readonly enrolment: Enrolment;
  readonly credential: Credential;
}

/** The credentials among what an account has set up. */
export function credentialsOf(
  enrolments: readonly Enrolment[],
  factors: readonly FactorName[] = [SECURITY_KEY, PASSKEY],
): readonly Held[] {
  return enrolments
    .filter(({ factor }) => factors.includes(factor))
    .map((enrolment) => ({ enrolment, credential: readCredential(enrolment.secret) }));
}

/** A credential as options name it (PublicKeyCredentialDescriptorJSON). */
export function descriptorOf({ credential: { id, transports } }: Held) {
  return { id, transports: [...transports] };
}

/**
 * Method values of RFC 8176 for a credential that answered: `hwk` where the key never leaves its device, `swk` where copies may exist,
 * and `user` where the authenticator made sure who is there.
 */
export function amrOf({ synced }: Credential, verification: boolean): readonly string[] {
  return [synced ? 'swk' : 'hwk', ...(verification ? ['user'] : [])];
}

/** What could not be a right answer is malformed; nothing is `wrong`, for nobody can guess a signature. */
export function rejected(detail: Objection): Rejected {
  const malformed = detail === 'unreadable' || detail === 'too-large';
  return { ok: false, reason: malformed ? 'malformed' : 'refused', detail };
}
