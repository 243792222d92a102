import { epochOf } from '../../domain/login.ts';
import type { ThrottleRule } from '../../domain/ports.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { ownerOf } from '../own-factors/owner.ts';
import type { PasswordNeeds } from '../password/needs.ts';
import { faultOf, type PasswordFault } from '../password/rules.ts';
import { admits } from './admit.ts';
import type { Needs } from './needs.ts';

/** Who found an open browser must not try passwords here as fast as they can. */
const TRIES: ThrottleRule = { free: 5, delay: 1_000, longest: 30_000, memory: 15 * 60_000 };

/** What was typed will not do: the password of before is `wrong`, or the new one breaks a rule. */
export interface PasswordProblem {
  readonly problem: 'wrong' | 'throttled' | PasswordFault;
  /** Milliseconds after which another try is heard. */
  readonly wait?: number;
}

/**
 * Sets another password, for who knows the one of before. Everything else that was signed in ends, and a block on wrong codes is
 * lifted; second factors stay as they are.
 */
export async function changePassword(
  needs: Needs & { readonly passwords: PasswordNeeds },
  owning: Owning,
  { old, password }: { readonly old: string; readonly password: string },
): Promise<Outcome | PasswordProblem> {
  const { session } = owning;
  const { passwords, throttle } = needs;
  if (!(await admits(needs, session, true))) return refused('unproved');
  const owner = await ownerOf(needs, session);
  if (owner === undefined) return refused('stale');
  const { account, set } = owner;

  const key = `own-password:${account.id}`;
  const tried = await throttle.spend([{ key, rule: TRIES }]);
  if (!tried.granted) return { problem: 'throttled', wait: tried.wait };
  if (!(await passwords.accounts.verifyPassword(account, old))) return { problem: 'wrong' };
  const fault = await faultOf(passwords, password, account);
  if (fault !== undefined) return { problem: fault };

  await passwords.accounts.setPassword(account.id, password);
  await throttle.refund([], [key]);
  await noteChange(needs, owning, [{ type: 'password.changed', details: { by: 'owner' } }]);
  await needs.lockouts.clear(account.id);
  await needs.endSessions(account.id, session.uid);
  // Had anything else raised it meanwhile, this is not what it is now.
  return { ok: true, epoch: epochOf({ epoch: account.epoch + 1 }, set) };
}
