import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { AccountSource, AuditLog, MailQueue } from '../../domain/ports.ts';
import { organizationOf } from '../audit/organization-of.ts';
import { linkAddressOf } from '../mail/addressee.ts';

export interface InviteNeeds {
  readonly accounts: Pick<AccountSource, 'byId'>;
  readonly mailQueue: MailQueue;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** How many were invited, and how many cannot be: they are disabled, or have no address that mail can be sent to. */
export interface Invited {
  readonly queued: number;
  readonly unreachable: number;
}

/** Invites people to choose their first password. Their mail waits in the queue; the link in it is made when it goes out. */
export async function inviteAll(needs: InviteNeeds, ids: readonly string[]): Promise<Invited> {
  const { accounts, mailQueue, audit, clock } = needs;
  let queued = 0;
  for (const id of ids) {
    const account = await accounts.byId(id);
    if (account === undefined || account.disabled || linkAddressOf(account, clock.now()) === undefined) continue;
    await mailQueue.add({ id: randomUUID(), errand: { kind: 'invitation', account: id } }, clock.now());
    await audit.append([{ at: clock.now(), type: 'account.invited', account: id, ...organizationOf(account) }]);
    queued += 1;
  }
  return { queued, unreachable: ids.length - queued };
}
