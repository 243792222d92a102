import type { Account } from '../../domain/account.ts';
import type { EndSessions, Enrolments } from '../../domain/ports.ts';
import { groupedBase32 } from '../../factors/base-32.ts';
import { givePermit } from './give.ts';
import type { PermitNeeds } from './needs.ts';

export interface HandOverNeeds extends Pick<PermitNeeds, 'permits' | 'vault' | 'clock'> {
  readonly enrolments: Pick<Enrolments, 'of' | 'reset'>;
  readonly endSessions: EndSessions;
}

export interface HandOver {
  /** Takes away what the person holds: who holds a factor has no use for a permit. */
  readonly reset: boolean;
  /** Writes down what was done. */
  note(type: 'factor.reset' | 'permit.given'): Promise<void>;
}

/** A code in groups of four, and until when it is good: milliseconds since the Unix epoch. */
export interface HandedOver {
  readonly code: string;
  readonly until: number;
}

/**
 * - `disabled`: the person cannot sign in
 * - `holds-factor`: the person holds a factor, and it was not to be reset
 */
export type HandOverRefusal = 'disabled' | 'holds-factor';

/**
 * Makes a code that staff hand over to somebody, who then sets up a second factor with it: one that they see or whose voice they know.
 * It works once, for 24 hours, and takes the place of an earlier one.
 */
export async function handOverPermit(
  needs: HandOverNeeds,
  account: Account,
  { reset, note }: HandOver,
): Promise<HandedOver | { readonly refused: HandOverRefusal }> {
  if (account.disabled) return { refused: 'disabled' };
  const { enrolments } = await needs.enrolments.of(account.id);
  if (enrolments.length > 0 && !reset) return { refused: 'holds-factor' };
  if (reset) {
    await needs.enrolments.reset(account.id);
    await note('factor.reset');
    await needs.endSessions(account.id);
  }
  const { secret, until } = await givePermit(needs, account, { way: 'staff' });
  await note('permit.given');
  return { code: groupedBase32(secret), until };
}
