import type { AuditEvent } from '../../domain/audit.ts';
import { type Epoch, epochOf } from '../../domain/login.ts';
import { findChange } from './links.ts';
import type { OwnEmailNeeds } from './needs.ts';

/** The address was changed. */
export interface ConfirmedEmail {
  /** The session that asked, its epoch before, and the one that it has to carry to go on. */
  readonly session?: { readonly uid: string; readonly epoch: Epoch };
  readonly epoch: Epoch;
}

export type Visitor = Required<Pick<AuditEvent, 'address' | 'requestId'>>;

/**
 * Puts the new address in place of the old one, confirmed: whoever has the link reads what is mailed there, and a fresh proof was
 * given when it was asked for. Everything else that was signed in ends. Both addresses are told.
 * @returns undefined when the link leads nowhere any more
 */
export async function confirmChange(
  needs: OwnEmailNeeds,
  secret: string,
  visitor: Visitor,
): Promise<ConfirmedEmail | undefined> {
  const { accounts, emailChanges, clock } = needs;
  const change = await findChange(needs, secret);
  if (change === undefined || !(await emailChanges.take(change.digest, clock.now()))) return undefined;
  const { owner, digest, address, session } = change;
  const set = await needs.enrolments.of(owner.id);
  const { epoch: asked } = change;
  const isChanged = await accounts
    .setEmail(owner.id, address, { verified: true, epoch: asked })
    .catch(async (error) => {
      // It was not changed, and the link is theirs still.
      await emailChanges.put(digest, change);
      throw error;
    });
  if (!isChanged) return undefined;
  const at = clock.now();
  const { email = null } = owner.profile;
  const type = 'account.email-changed';
  const fields = { before: { email }, after: { email: address } };
  await needs.audit.append([{ at, type, account: owner.id, ...visitor, ...fields }]);
  // To the address as it was: the event is told to the new one.
  const values = { at, help: '/cannot-sign-in', address: visitor.address };
  await needs.letters.send(owner, { name: 'notice.email-replaced', values });
  await needs.endSessions(owner.id, session ?? undefined);
  const epoch = epochOf({ epoch: owner.epoch + 1 }, set);
  return { epoch, ...(session !== null && { session: { uid: session, epoch: epochOf(owner, set) } }) };
}
