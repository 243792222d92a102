import type { StandingKey } from '../../domain/signing-key.ts';
import { signingKeyStates } from '../../domain/signing-key-states.ts';
import type { Needs } from './needs.ts';

/**
 * Every key that is of use, algorithm by algorithm, the last to sign first. One whose time is over is deleted: whoever looks first
 * does it, so that no key comes back when another is withdrawn later.
 */
export async function standingKeys(needs: Needs): Promise<readonly StandingKey[]> {
  const { signingKeys, clock, keyTimes } = needs;
  const moment = { now: clock.now(), verification: keyTimes.verification };
  const keys = signingKeyStates(await signingKeys.all(), moment);
  for (const key of keys) if (key.state === 'retired') await retire(needs, key);
  return keys.filter(({ state }) => state !== 'retired');
}

async function retire({ signingKeys, audit, clock }: Needs, { id, algorithm }: StandingKey): Promise<void> {
  if (!(await signingKeys.remove(id))) return;
  await audit.append([{ at: clock.now(), type: 'key.retired', details: { key: id, algorithm } }]);
}
