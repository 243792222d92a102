import type { Clock } from '../../domain/clock.ts';
import type { SendingLimits, Vault } from '../../domain/ports.ts';
import { countedIn, type SendingRules } from '../sending-keys.ts';
import { Table, turn } from './table.ts';

interface Sent {
  readonly count: number;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/** Counts of what was sent, in this process alone. */
export function memorySendingLimits({
  vault,
  clock,
  rules,
}: {
  vault: Pick<Vault, 'digest'>;
  clock: Clock;
  rules: SendingRules;
}): SendingLimits {
  // No count may make room for another. What was refused leaves none, so the limit of the deployment bounds them all.
  const sent = new Table<Sent>(clock, Number.POSITIVE_INFINITY);

  return {
    async take(sending) {
      await turn();
      const counted = countedIn(sending, rules, vault);
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
