import type { Account } from '../../../domain/account.ts';
import type { LastOf } from '../../../domain/ports.ts';
import { Refusal } from '../refusal.ts';

/** The roles that somebody is about to lose, by whatever it is, and that somebody else must have then. */
export function leavingOf(before: Account, after: Account | undefined): readonly LastOf[] {
  const organization = before.organization ?? null;
  const moved = after === undefined || (after.organization ?? null) !== organization;
  const lost = (role: 'administrator' | 'superuser') =>
    !before.disabled &&
    before.roles.includes(role) &&
    (after === undefined || after.disabled || !after.roles.includes(role));
  return [
    ...(lost('administrator') ? [{ role: 'administrator' as const }] : []),
    ...(lost('superuser') || (moved && !before.disabled && before.roles.includes('superuser'))
      ? [{ role: 'superuser' as const, organization }]
      : []),
  ];
}

/** Why such a change was not made. */
export function lastOf(leaving: readonly LastOf[]): Refusal {
  return new Refusal(leaving.some(({ role }) => role === 'administrator') ? 'last-administrator' : 'last-superuser');
}
