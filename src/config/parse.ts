import { Util } from 'config/lib/util.js';
import type { z } from 'zod';
import { hasDemoKey } from './demo-key.ts';
import { ConfigError, type Fault } from './fault.ts';
import { faultsOf } from './faults-of.ts';
import { readDefaults } from './files.ts';
import { keepsMail } from './mail.ts';
import { schema } from './schema.ts';
import { namesOutbox } from './sms.ts';

/** Every setting, checked; frozen throughout. Durations are in milliseconds. */
export type Config = z.output<typeof schema>;

/** How strict to be. */
export interface ParseOptions {
  /** Accept the public encryption key of the demonstration, and messages that go nowhere. */
  readonly demo?: boolean;
}

/**
 * Checks settings, laid over the defaults. `issuer` and `encryptionKeys` have none.
 * @param plain settings as config/production.example.json5 explains them; what is undefined in it counts as absent
 * @throws {ConfigError} with everything that is wrong
 */
export function parseConfig(plain: unknown, options: ParseOptions = {}): Config {
  const checked = checkConfig(plain, options);
  if ('faults' in checked) throw new ConfigError(checked.faults);
  return checked.config;
}

/** As `parseConfig`, for a caller that has found faults of its own. */
export function checkConfig(
  plain: unknown,
  { demo = false }: ParseOptions,
): { readonly config: Config } | { readonly faults: readonly Fault[] } {
  const settings = Util.isObject(plain) ? Util.extendDeep(readDefaults(), defined(plain)) : plain;
  // Settings are checked once: to generate code that checks them faster takes longer than it saves.
  const parsed = schema.safeParse(settings, { jitless: true });
  const faults = parsed.success ? [] : [...faultsOf(parsed.error, settings)];
  if (!demo && Util.isObject(plain) && 'encryptionKeys' in plain && hasDemoKey(plain.encryptionKeys)) {
    faults.push({ path: 'encryptionKeys', expected: 'keys of your own, not the public one of the demonstration' });
  }
  if (!demo && Util.isObject(plain) && namesOutbox(plain)) {
    faults.push({ path: 'sms.gateway', expected: 'a gateway that sends: the outbox is for the demonstration' });
  }
  if (!demo && Util.isObject(plain) && keepsMail(plain)) {
    faults.push({ path: 'mail.outbox', expected: 'false: the outbox is for the demonstration' });
  }
  return parsed.success && faults.length === 0 ? { config: parsed.data } : { faults };
}

/** A copy without what is undefined, which would hide a default. */
function defined(value: unknown): unknown {
  if (!Util.isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, defined(inner)]])),
  );
}
