import type { AuditEvent } from '../../domain/audit.ts';
import type { AuditLog } from '../../domain/ports.ts';
import { organizationOf } from '../audit/organization-of.ts';
import type { GivenPermit } from './give.ts';
import type { PermitNeeds } from './needs.ts';
import { redeemLink } from './redeem.ts';

/**
 * Takes the permit of a mailed link, for the browser in which its owner agreed to it.
 * @returns what that browser keeps from now on; undefined for a link that is worth nothing
 */
export type FollowLink = (
  secret: string,
  visitor: Required<Pick<AuditEvent, 'address' | 'requestId'>>,
) => Promise<GivenPermit | undefined>;

export function linkFollower(needs: PermitNeeds & { readonly audit: AuditLog }): FollowLink {
  return async (secret, visitor) => {
    const redeemed = await redeemLink(needs, secret);
    const at = needs.clock.now();
    const event =
      redeemed === undefined
        ? { type: 'permit.void' }
        : { type: 'permit.redeemed', account: redeemed.account.id, ...organizationOf(redeemed.account) };
    await needs.audit.append([{ at, ...event, ...visitor, details: { way: 'mail' } }]);
    return redeemed?.permit;
  };
}
