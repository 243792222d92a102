import type { Factor } from '../domain/factor.ts';
import type { FactorNeeds } from './needs.ts';
import { password } from './password/index.ts';
import { recoveryCode } from './recovery-code/index.ts';
import { sms } from './sms/index.ts';
import { totp } from './totp/index.ts';
import { passkey } from './webauthn/passkey.ts';
import { securityKey } from './webauthn/security-key.ts';

export type { FactorNeeds } from './needs.ts';

/** Every factor there is. */
export function factors(needs: FactorNeeds): readonly Factor[] {
  return [password(needs), totp(needs), securityKey(needs), passkey(needs), sms(needs), recoveryCode(needs)];
}
