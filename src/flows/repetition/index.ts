import type { Clock } from '../../domain/clock.ts';
import type { Repetitions, Vault } from '../../domain/ports.ts';

export interface Needs {
  readonly repetitions: Repetitions;
  readonly vault: Pick<Vault, 'digest'>;
  readonly clock: Clock;
}

/** A request that must be done once, however often it arrives. */
export interface Once {
  /** Who asks: nobody is answered with what was another's. */
  readonly who: string;
  /** The name that they gave it. */
  readonly key: string;
  /** All that is asked for; anything that JSON can write. */
  readonly request: unknown;
}

/**
 * - `done`: now, or before; the answer is the same
 * - `running`: another one like it is under way
 * - `another`: the key was used for something else
 */
export type Outcome = { readonly state: 'done'; readonly answer: unknown } | { readonly state: 'running' | 'another' };

/** Milliseconds for which an answer is given again. */
const KEPT = 24 * 3_600_000;

/** Milliseconds after which somebody who is still at it is taken for dead. Every act takes less. */
const PATIENCE = 60_000;

/**
 * Does something unless it was done before, and answers the same as then. What is refused or fails was not done: the key stays free
 * for another try.
 *
 * @param act answers what JSON can write
 * @throws what `act` throws
 */
export async function onceOnly(needs: Needs, asked: Once, act: () => Promise<unknown>): Promise<Outcome> {
  const { repetitions, vault, clock } = needs;
  const key = vault.digest(JSON.stringify([asked.who, asked.key]), 'repetition');
  const request = vault.digest(JSON.stringify(asked.request), 'repeated-request');
  const now = clock.now();
  const claimed = await repetitions.claim({ key, request }, { now, until: now + PATIENCE });
  if (claimed.state === 'answered') return { state: 'done', answer: JSON.parse(claimed.answer) };
  if (claimed.state !== 'first') return claimed;
  const { claim } = claimed;
  const answer = await act().catch(async (error: unknown) => {
    await repetitions.release(key, claim);
    throw error;
  });
  await repetitions.answer(key, { claim, answer: JSON.stringify(answer), until: clock.now() + KEPT });
  return { state: 'done', answer };
}
