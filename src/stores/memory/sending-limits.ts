import type { Clock } from '../../domain/clock.ts';
import type { Limits, SendingLimits, Vault } from '../../domain/ports.ts';
import { countedIn, type Rules, type SendingRules } from '../sending-keys.ts';
import { Table, turn } from './table.ts';

interface Sent {
  readonly count: number;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/** Counts of what was sent, in this process alone. */
export function memoryLimits<Subject extends string>({
  vault,
  clock,
  rules,
}: {
  vault: Pick<Vault, 'digest'>;
  clock: Clock;
  rules: Rules<Subject>;
}): Limits<Subject> {
  // No count may make room for another. What was refused leaves none, so the limit of the deployment bounds them all.
  const sent = new Table<Sent>(clock, Number.POSITIVE_INFINITY);

  return {
    async take(named) {
      await turn();
      const counted = countedIn(named, rules, vault);
      const full = counted.find(({ key, rule }) => (sent.get(key)?.count ?? 0) >= rule.most);
      if (full !== undefined) return { granted: false, limit: full.subject };
      for (const { key, rule } of counted) {
        const { count, until } = sent.get(key) ?? { count: 0, until: clock.now() + rule.within };
        sent.set(key, { count: count + 1, until }, until);
      }
      return { granted: true };
    },
  };
}

/** Counts of text messages. */
export function memorySendingLimits(parts: {
  vault: Pick<Vault, 'digest'>;
  clock: Clock;
  rules: SendingRules;
}): SendingLimits {
  const limits = memoryLimits(parts);
  return { take: (sending) => limits.take({ ...sending, deployment: '' }) };
}
