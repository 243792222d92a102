import { AuditSeals, newChain } from '../../crypto/audit-seals.ts';
import type { AuditChain } from '../../domain/ports.ts';

/** Records changed in one transaction. */
const BATCH = 200;

/**
 * Erases from every event what tells of a person: who they are, from where they came, and what was noted about them. The events
 * themselves stay, and so does the chain over them.
 * @returns how many events it changed
 */
export async function eraseEvents(
  { chain }: { readonly chain: Pick<AuditChain, 'state' | 'begin' | 'erase'> },
  account: string,
): Promise<number> {
  if ((await chain.state()) === undefined) await chain.begin(newChain());
  const state = await chain.state();
  if (state === undefined) throw new Error('the audit chain could not be begun');
  const seals = new AuditSeals(state.key);
  let total = 0;
  for (let erased = -1; erased !== 0; total += erased) {
    erased = await chain.erase(account, BATCH, (id, part) => seals.erasure(id, part));
  }
  return total;
}
