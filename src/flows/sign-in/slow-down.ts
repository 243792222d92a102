import type { Form } from '../../domain/factor.ts';
import type { Bound } from './ceremonies.ts';
import type { Turn } from './turn.ts';

/** An attempt at the first stage that was counted before it is judged. */
export interface Attempt {
  /** Digest of the name that was typed. */
  readonly name: string;
  /** Milliseconds to wait before the next one: this one may not be judged. */
  readonly wait?: number;
  /** It was never judged. */
  giveBack(): Promise<void>;
  /** It was right. */
  forgive(): Promise<void>;
}

/**
 * Counts an attempt by the name that was typed, known or not, and by address; a browser that signed in under that name before has
 * a count of its own, so that a stranger's guesses cost its owner nothing.
 */
export async function slowDown({ needs, visitor }: Turn, ceremony: Bound, form: Form): Promise<Attempt> {
  const { throttle, settings, vault } = needs;
  const name = vault.digest((await ceremony.claimed?.(form)) ?? '', 'claimed-name');
  const { browser } = visitor;
  const byName = browser?.names.includes(name) ? `browser:${browser.id}:${name}` : `name:${name}`;
  const byAddress = `address:${visitor.address}`;

  const spent = await throttle.spend([
    { key: byName, rule: settings.throttle.name },
    { key: byAddress, rule: settings.throttle.address },
  ]);
  return {
    name,
    ...(!spent.granted && { wait: spent.wait }),
    giveBack: () => throttle.refund([byName, byAddress]),
    forgive: () => throttle.refund([byAddress], [byName]),
  };
}
