import type { ForgetSessions, Models, Sessions } from '../domain/ports.ts';
import { revokeGrant } from './revoke-grant.ts';
import { usableGrants } from './usable-grants.ts';

/** Deletes what oidc-provider keeps of a person: sessions, and grants with what was issued under them. */
export function forgetSessions({ sessions, models }: { sessions: Sessions; models: Models }): ForgetSessions {
  return async (account) => {
    const all = await sessions.ofAccount(account);
    for (const { id } of await usableGrants(models, account, all)) await revokeGrant(models, id);
    for (const { stored } of all) await sessions.endByUid(String(stored.uid));
  };
}
