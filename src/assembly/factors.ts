import { type Config, ConfigError } from '../config.ts';
import type { Factor } from '../domain/factor.ts';
import { factors as everyFactor, type FactorNeeds } from '../factors/index.ts';

/**
 * The factors of this deployment: of the second ones those that `methods` names, in its order; all others as they are.
 * @param more makes factors beside Sluis's own
 * @throws {ConfigError} when `methods` names one that there is not
 */
export function factorsFor(
  { brand, officeCode, recoveryCodes, methods }: Config,
  needs: Omit<FactorNeeds, 'settings'>,
  more: (needs: FactorNeeds) => readonly Factor[] = () => [],
): readonly Factor[] {
  const settings = { issuerName: brand.name, officeCode, recoveryCodes: recoveryCodes.format };
  const all = [...everyFactor({ ...needs, settings }), ...more({ ...needs, settings })];
  const second = all.filter(({ role }) => role === 'second');
  const known = second.map(({ name }) => name);
  const faults = methods
    .map((method, index) => ({ method, path: `methods.${index}` }))
    .filter(({ method }) => !known.includes(method))
    .map(({ path }) => ({ path, expected: `one of ${known.join(', ')}` }));
  if (faults.length > 0) throw new ConfigError(faults);
  return [
    ...all.filter(({ role }) => role !== 'second'),
    ...methods.flatMap((method) => second.find(({ name }) => name === method) ?? []),
  ];
}
