import type { Account } from '../../../domain/account.ts';
import type { AuditEvent } from '../../../domain/audit.ts';
import { organizationOf } from '../../audit/organization-of.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { note } from '../note.ts';

/** Writes down what was done to somebody. */
export function noteAbout(
  needs: Needs,
  { actor, account }: { readonly actor: Actor; readonly account: Account },
  event: Pick<AuditEvent, 'type' | 'details' | 'before' | 'after'>,
): Promise<void> {
  return note(needs, actor, { ...event, account: account.id, ...organizationOf(account) });
}
