import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { KeptAccount } from '../../../domain/ports.ts';
import { linkAddressOf } from '../../mail/addressee.ts';
import { LIFETIMES, newLink } from '../../password/links.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { passwordLink } from '../shapes/account.ts';
import { noteAbout } from './note-about.ts';

/** Who is invited, and how; `field` is the one of the act that says so. */
export interface Invited {
  readonly kept: Pick<KeptAccount, 'value' | 'hasPassword'>;
  readonly by: 'mail' | 'link';
  readonly field: string;
}

/**
 * Why this person cannot be invited in this way. Nobody sets a password for somebody else: who has one is never invited, and a link is
 * shown only where no mail could bring it. Whoever has the command line has the database, too.
 * @throws {Refusal}
 */
export function assertInvitable(needs: Needs, actor: Actor, { kept, by, field }: Invited): void {
  const { value, hasPassword } = kept;
  if (needs.passwordLinks === undefined || hasPassword || value.disabled) throw new Refusal('not-possible');
  const isReached = needs.mailQueue !== undefined && linkAddressOf(value, needs.clock.now()) !== undefined;
  if (by === 'mail' && needs.mailQueue === undefined) throw new Refusal('not-possible');
  if (by === 'mail' && !isReached) throw invalid(field, 'no-address');
  const isCommandLine = actor.account === undefined && actor.client === undefined;
  if (by === 'link' && isReached && !isCommandLine) throw invalid(field, 'has-address');
}

/** Has a link mailed, or makes one to hand over. It is told once. */
export async function invite(
  needs: Needs,
  actor: Actor,
  invited: Invited,
): Promise<z.input<typeof passwordLink> | undefined> {
  assertInvitable(needs, actor, invited);
  const { kept, by } = invited;
  const { mailQueue, passwordLinks, clock, settings } = needs;
  const { id } = kept.value;
  await noteAbout(needs, { actor, account: kept.value }, { type: 'account.invited', details: { way: by } });
  if (by === 'mail') {
    await mailQueue?.add({ id: randomUUID(), errand: { kind: 'invitation', account: id } }, clock.now());
    return undefined;
  }
  if (passwordLinks === undefined) return undefined;
  const secret = await newLink({ passwordLinks, clock }, kept.value, { kind: 'invitation' });
  return { url: `${settings.issuer}/password?token=${secret}`, until: clock.now() + LIFETIMES.invitation };
}
