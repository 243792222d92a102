import type { ForgetSessions, Models, Sessions } from '../domain/ports.ts';
import { revokeGrant } from './revoke-grant.ts';

/** Deletes what oidc-provider keeps of a person: sessions, and grants with what was issued under them. */
export function forgetSessions({ sessions, models }: { sessions: Sessions; models: Models }): ForgetSessions {
  return async (account) => {
    const grants = await models.grantsOf(account);
    for (const { id } of grants) await revokeGrant(models, id);
    for (const { stored } of await sessions.ofAccount(account)) await sessions.endByUid(String(stored.uid));
  };
}
