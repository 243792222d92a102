import type { CountedSending, CountedSubject, SendingRule, Vault } from '../domain/ports.ts';

export type SendingRules = Readonly<Record<CountedSubject, SendingRule>>;

/** What one sending is counted against, the narrowest first. */
export interface Counted {
  readonly subject: CountedSubject;
  /** Digested with a key: nobody reads a number or an address in a store. */
  readonly key: string;
  readonly rule: SendingRule;
}

export function countedIn(
  sending: CountedSending,
  rules: SendingRules,
  vault: Pick<Vault, 'digest'>,
): readonly Counted[] {
  const { number, account, address, destination } = sending;
  const named = { number, account, address, destination, deployment: '' } as const;
  const subjects = ['number', 'account', 'address', 'destination', 'deployment'] as const;
  return subjects.map((subject) => ({
    subject,
    key: `${subject}:${vault.digest(named[subject], 'sending')}`,
    rule: rules[subject],
  }));
}
