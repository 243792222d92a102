import type { AuditEvent } from '../../domain/audit.ts';
import type { FactorTraits } from '../../domain/factor.ts';

/** Events that their account's owner is told of by mail, and the notice each has: its texts are `mail.notice.<notice>`. */
export const notices: Readonly<Record<string, string>> = {
  'factor.enrolled': 'factor-added',
  'factor.removed': 'factor-removed',
  'factor.replaced': 'factor-replaced',
  'factor.renamed': 'factor-renamed',
  'factor.preferred': 'factor-preferred',
  'factor.turned-off': 'factor-turned-off',
  'account.language-changed': 'language',
  'account.sessions-ended': 'sessions-ended',
  'account.email-entered': 'email-entered',
  'account.session-ended': 'session-ended',
  'account.access-taken-back': 'access-taken-back',
  'account.email-asked': 'email-asked',
  'account.email-changed': 'email-changed',
  'account.email-kept': 'email-kept',
  'account.data-copied': 'data-copied',
  'recovery.used': 'code-used',
  'factor.reset': 'factor-reset',
  'factor.switched-off': 'factor-switched-off',
  'factor.copied': 'factor-copied',
  'password.changed': 'password-changed',
  'device.remembered': 'device-remembered',
  'device.forgotten': 'device-forgotten',
  'device.all-forgotten': 'devices-forgotten',
  'sign-in.blocked': 'blocked',
  'sign-in.new-device': 'new-device',
};

/** The same for factors that stand in for another (recovery codes), which people know as something else. */
const ofRecovery: Readonly<Record<string, string>> = {
  'factor.enrolled': 'codes-made',
};

export function noticeOf({ type, details }: AuditEvent, factors: readonly FactorTraits[]): string | undefined {
  const isRecovery = factors.some(({ name, role }) => role === 'recovery' && name === details?.factor);
  return (isRecovery ? ofRecovery[type] : undefined) ?? notices[type];
}
