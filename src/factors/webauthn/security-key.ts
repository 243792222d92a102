import type { Factor } from '../../domain/factor.ts';
import { readCredential } from './credential.ts';
import { PASSKEY, SECURITY_KEY } from './credentials-of.ts';
import { type Kind, LIFETIME, type WebAuthnNeeds } from './kind.ts';
import { naming } from './naming.ts';
import { prove } from './prove.ts';
import { register } from './register.ts';
import { importedFromU2f } from './u2f.ts';

const kind: Kind = { name: SECURITY_KEY, passkey: false, excludes: [SECURITY_KEY, PASSKEY], lifetime: LIFETIME };

/** A key that is plugged in, tapped or reached over the air, by WebAuthn or the older U2F: something that the person has. */
export function securityKey(needs: WebAuthnNeeds): Factor {
  return {
    name: SECURITY_KEY,
    role: 'second',
    phishingResistant: true,
    guessable: false,
    several: true,
    naming,
    lookup: (secret) => readCredential(secret).id,
    imported: importedFromU2f,
    enrolment: register(kind, needs),
    authentication: prove(kind, needs),
  };
}
