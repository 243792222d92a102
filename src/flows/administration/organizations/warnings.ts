import { acrRank, MFA, PHR, SFA } from '../../../domain/acr.ts';
import type { FactorTraits } from '../../../domain/factor.ts';
import type { SignInPolicy } from '../../../domain/organization.ts';
import type { organizationWarnings } from '../shapes/organization.ts';

type Warning = (typeof organizationWarnings)[number];

/** What an organization's decisions risk, or rule out. */
export function warningsAbout(policy: SignInPolicy, factors: readonly FactorTraits[]): Warning[] {
  const { methods, minimumAcr = SFA, permitsWaived } = policy;
  const allowed = factors.filter(({ role, name }) => role === 'second' && (methods?.includes(name) ?? true));
  const reached = allowed.some(({ phishingResistant }) => phishingResistant) ? PHR : allowed.length > 0 ? MFA : SFA;
  const warnings: Warning[] = [];
  if (methods !== undefined && allowed.length === 1) warnings.push('one-method');
  if (methods !== undefined && allowed.length === 0) warnings.push('no-method');
  if (acrRank(minimumAcr) > acrRank(reached)) warnings.push('level-out-of-reach');
  if (permitsWaived) warnings.push('permits-waived');
  return warnings;
}
