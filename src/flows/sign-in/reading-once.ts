import type { Enrolments, Holder } from '../../domain/ports.ts';
import type { Needs } from './needs.ts';

type Found = Promise<Holder | undefined>;

/**
 * The same needs for the length of one request, which asks for the same account several times: what was read is not read again until
 * this request changes it. Never to be kept for another request, which must find out by itself whether the account changed.
 * @param read what this request has read already
 */
export function readingOnce(needs: Needs, read?: Holder): Needs {
  const known = new Map<string, Found>();
  if (read !== undefined) known.set(read.account.id, Promise.resolve(read));
  const byId = (id: string): Found => {
    const found = known.get(id) ?? needs.holders.byId(id);
    known.set(id, found);
    return found;
  };
  return {
    ...needs,
    holders: { byId },
    accounts: { byId: async (id) => (await byId(id))?.account },
    enrolments: {
      of: async (account) => (await byId(account))?.set ?? needs.enrolments.of(account),
      ...changing(needs.enrolments, known),
    },
  };
}

/** All the others. After each that writes, however it ends, what was read is read anew. */
function changing(enrolments: Enrolments, known: Map<string, Found>): Omit<Enrolments, 'of'> {
  const changed = () => known.clear();
  return {
    holdersOf: (lookup) => enrolments.holdersOf(lookup),
    add: (enrolment, seen) => enrolments.add(enrolment, seen).finally(changed),
    // The next secret after a right answer: whoever wrote it knows the rest.
    async replace(enrolment) {
      const before = known.get(enrolment.account);
      const replaced = await enrolments.replace(enrolment).finally(changed);
      if (replaced && before !== undefined)
        known.set(
          enrolment.account,
          before.then((holder) => after(holder, enrolment)),
        );
      return replaced;
    },
    fail: (id, limit, now) => enrolments.fail(id, limit, now).finally(changed),
    remove: (account, ids, seen) => enrolments.remove(account, ids, seen).finally(changed),
    prepare: (account, preparation, seen) => enrolments.prepare(account, preparation, seen).finally(changed),
    prefer: (account, factor) => enrolments.prefer(account, factor).finally(changed),
    reset: (account, spent) => enrolments.reset(account, spent).finally(changed),
  };
}

/** The holder as `Enrolments.replace` left it. */
function after(holder: Holder | undefined, replaced: Parameters<Enrolments['replace']>[0]): Holder | undefined {
  if (holder === undefined) return undefined;
  const { id, secret, version, lastUsedAt } = replaced;
  const enrolments = holder.set.enrolments.map((one) =>
    one.id === id
      ? { ...one, secret, version: version + 1, failures: 0, ...(lastUsedAt !== undefined && { lastUsedAt }) }
      : one,
  );
  return { ...holder, set: { ...holder.set, enrolments } };
}
