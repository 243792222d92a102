import type { Account } from '../../domain/account.ts';
import type { EnrolmentSet } from '../../domain/enrolment.ts';
import type { Enrolments } from '../../domain/ports.ts';
import type { Needs } from './needs.ts';

/** An account and what it has set up, as this request read them. */
export interface Read {
  readonly account: Account;
  readonly set: EnrolmentSet;
}

/**
 * The same needs for the length of one request, which asks for the same account several times: what was read is not read again until
 * this request changes it. Never to be kept for another request, which must find out by itself whether the account changed.
 * @param read what this request has read already
 */
export function readingOnce(needs: Needs, read?: Read): Needs {
  const accounts = new Map<string, Promise<Account | undefined>>();
  const sets = new Map<string, Promise<EnrolmentSet>>();
  if (read !== undefined) {
    accounts.set(read.account.id, Promise.resolve(read.account));
    sets.set(read.account.id, Promise.resolve(read.set));
  }
  return {
    ...needs,
    accounts: { byId: once(accounts, (id) => needs.accounts.byId(id)) },
    enrolments: {
      of: once(sets, (account) => needs.enrolments.of(account)),
      ...changing(needs.enrolments, () => sets.clear()),
    },
  };
}

/** All the others; `changed` is called after each that writes, however it ends. */
function changing(enrolments: Enrolments, changed: () => void): Omit<Enrolments, 'of'> {
  return {
    holdersOf: (lookup) => enrolments.holdersOf(lookup),
    add: (enrolment, seen) => enrolments.add(enrolment, seen).finally(changed),
    replace: (enrolment) => enrolments.replace(enrolment).finally(changed),
    fail: (id, limit, now) => enrolments.fail(id, limit, now).finally(changed),
    remove: (account, ids, seen) => enrolments.remove(account, ids, seen).finally(changed),
    prepare: (account, preparation, seen) => enrolments.prepare(account, preparation, seen).finally(changed),
    prefer: (account, factor) => enrolments.prefer(account, factor).finally(changed),
    reset: (account, spent) => enrolments.reset(account, spent).finally(changed),
  };
}

function once<Answer>(answers: Map<string, Promise<Answer>>, ask: (key: string) => Promise<Answer>) {
  return (key: string): Promise<Answer> => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}
