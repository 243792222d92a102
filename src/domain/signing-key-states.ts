import type { SigningKey, SigningKeyState, StandingKey } from './signing-key.ts';

/** When one looks, and for how long a key verifies what it signed last. Milliseconds. */
export interface Moment {
  readonly now: number;
  readonly verification: number;
}

/**
 * What every key does at a moment. Nothing but their times decides, so that all processes agree without talking. Of each algorithm exactly
 * one signs; the keys come algorithm by algorithm, the last to sign first.
 */
export function signingKeyStates(keys: readonly SigningKey[], moment: Moment): readonly StandingKey[] {
  const algorithms = new Set(keys.map(({ algorithm }) => algorithm));
  return [...algorithms].sort().flatMap((algorithm) =>
    statesOf(
      keys.filter((key) => key.algorithm === algorithm),
      moment,
    ),
  );
}

/** @param keys of one algorithm */
function statesOf(keys: readonly SigningKey[], { now, verification }: Moment): StandingKey[] {
  const inTurn = [...keys].sort(bySignature);
  // Where none may sign yet, the clock that made the first one is ahead of this one.
  const signing = Math.max(
    inTurn.findLastIndex(({ signsFrom }) => signsFrom <= now),
    0,
  );
  const states = inTurn.map((key, turn): StandingKey => {
    const successor = inTurn[turn + 1];
    const retiresAt = successor && successor.signsFrom + verification;
    const state = turn < signing ? stateAfter(now, retiresAt) : turn === signing ? 'signing' : 'waiting';
    return { ...key, state, ...(retiresAt !== undefined && { retiresAt }) };
  });
  return states.reverse();
}

function stateAfter(now: number, retiresAt = Number.POSITIVE_INFINITY): SigningKeyState {
  return now < retiresAt ? 'verifying' : 'retired';
}

function bySignature(one: SigningKey, other: SigningKey): number {
  return one.signsFrom - other.signsFrom || one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}
