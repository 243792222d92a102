import type { Config } from '../../src/index.ts';

/** Costs of argon2id, as the configuration names them. */
export type HashCosts = Pick<Config['passwords'], 'memory' | 'iterations' | 'parallelism'>;

/**
 * What a password costs at every server of a measurement: what it does by default; or, with the hash taken out, the least that argon2
 * knows (8 KiB in one pass), which takes some microseconds.
 */
export function hashCosts(hashing: boolean): HashCosts {
  return hashing ? { memory: 19_456, iterations: 2, parallelism: 1 } : { memory: 8, iterations: 1, parallelism: 1 };
}

/** The same configuration at those costs, less than it could be set to included. */
export function withHashing(config: Config, hashing: boolean): Config {
  return { ...config, passwords: { ...config.passwords, ...hashCosts(hashing) } };
}
