import type { CountedSubject, SendingRule, Vault } from '../domain/ports.ts';

export type Rules<Subject extends string> = Readonly<Record<Subject, SendingRule>>;
export type SendingRules = Rules<CountedSubject>;

/** What one sending is counted against, in the order of the rules. */
export interface Counted<Subject extends string> {
  readonly subject: Subject;
  /** Digested with a key: nobody reads a number, a name or an address in a store. */
  readonly key: string;
  readonly rule: SendingRule;
}

export function countedIn<Subject extends string>(
  named: Readonly<Record<Subject, string>>,
  rules: Rules<Subject>,
  vault: Pick<Vault, 'digest'>,
): readonly Counted<Subject>[] {
  return subjectsOf(rules).map((subject) => ({
    subject,
    key: `${subject}:${vault.digest(named[subject], 'sending')}`,
    rule: rules[subject],
  }));
}

function subjectsOf<Subject extends string>(rules: Rules<Subject>): readonly Subject[] {
  return Object.keys(rules) as Subject[];
}
