import type { Account } from '../../domain/account.ts';
import type { FactorName } from '../../domain/factor.ts';
import { newLogin } from '../../domain/login.ts';
import { givePermit } from '../permits/give.ts';
import type { Move, Turn } from './turn.ts';

/**
 * What the account held was just reset with a recovery code: whatever it is signed in to ends, this browser may set a factor up, and the
 * person signs in from the start.
 * @param by the factor that the code was of
 */
export async function startOver({ needs, standing, trail }: Turn, account: Account, by: FactorName): Promise<Move> {
  const { login } = standing;
  trail.note('factor.reset', account.id, { factor: by });
  // It happened, whatever becomes of the rest.
  await trail.write();
  await needs.endSessions(account.id);
  const permit = await givePermit(needs, account, { way: 'browser' });
  trail.note('permit.given', account.id, { way: 'browser' });
  return { login: { ...newLogin(login.uid), version: login.version, notice: 'reset' }, spent: true, permit };
}
