import type { Models, StandingGrant, StoredSession } from '../domain/ports.ts';
import { authorizationsOf } from './authorizations.ts';

/**
 * The grants of an account that can be used without another sign-in: those that these sessions of it hold, and those whose tokens
 * outlast any session.
 */
export async function usableGrants(
  models: Models,
  account: string,
  sessions: readonly StoredSession[],
): Promise<readonly StandingGrant[]> {
  const ids = new Set(sessions.flatMap(authorizationsOf).flatMap(({ grant = [] }) => grant));
  const [lasting, ...held] = await Promise.all([models.grantsOf(account), ...[...ids].map((id) => models.grant(id))]);
  const all = [...lasting, ...held.filter((grant) => grant !== undefined)];
  return [...new Map(all.map((grant) => [grant.id, grant])).values()];
}
