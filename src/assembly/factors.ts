import { type Config, ConfigError, webauthnFaults } from '../config.ts';
import type { Factor } from '../domain/factor.ts';
import { factors as everyFactor, type FactorNeeds } from '../factors/index.ts';

/** What the factors take from the configuration. */
export function factorSettings(config: Config): FactorNeeds['settings'] {
  const { brand, issuer, officeCode, recoveryCodes, policy, sms, webauthn } = config;
  const { hostname, origin } = new URL(issuer);
  const { authenticators } = policy;
  return {
    issuerName: brand.name,
    issuerHost: hostname,
    officeCode,
    recoveryCodes: recoveryCodes.format,
    countries: sms.countries,
    webauthn: {
      party: { id: hostname, name: brand.name, origins: [origin, ...webauthn.origins] },
      ...(authenticators && { authenticators }),
    },
  };
}

/**
 * The factors of this deployment: of the second ones those that `methods` names, in its order; all others as they are.
 * @param more makes factors beside Sluis's own
 * @throws {ConfigError} when `methods` names one that there is not, or that cannot work as Sluis is configured
 */
export function factorsFor(
  config: Config,
  needs: Omit<FactorNeeds, 'settings'>,
  more: (needs: FactorNeeds) => readonly Factor[] = () => [],
): readonly Factor[] {
  const { methods } = config;
  const settings = factorSettings(config);
  const all = [...everyFactor({ ...needs, settings }), ...more({ ...needs, settings })];
  const second = all.filter(({ role }) => role === 'second');
  const known = second.map(({ name }) => name);
  const unknown = methods
    .map((method, index) => ({ method, path: `methods.${index}` }))
    .filter(({ method }) => !known.includes(method))
    .map(({ path }) => ({ path, expected: `one of ${known.join(', ')}` }));
  const faults = [...unknown, ...webauthnFaults(config)];
  if (faults.length > 0) throw new ConfigError(faults);
  return chosen(all, methods);
}

/** Those of Sluis's own factors that this deployment has, for the command line: whoever mounts Sluis may have added others. */
export function ownFactors(config: Config, needs: Omit<FactorNeeds, 'settings'>): readonly Factor[] {
  return chosen(everyFactor({ ...needs, settings: factorSettings(config) }), config.methods);
}

function chosen(all: readonly Factor[], methods: readonly string[]): readonly Factor[] {
  const second = all.filter(({ role }) => role === 'second');
  return [
    ...all.filter(({ role }) => role !== 'second'),
    ...methods.flatMap((method) => second.find(({ name }) => name === method) ?? []),
  ];
}
