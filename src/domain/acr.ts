import type { FactorTraits } from './factor.ts';
import type { Proof } from './login.ts';

/**
 * Authentication context class references, weakest first: REFEDS SFA and MFA profiles, and `phr` of the
 * OpenID Extended Authentication Profile (phishing-resistant).
 */
export const acrs = ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa', 'phr'] as const;
export type Acr = (typeof acrs)[number];
export const [SFA, MFA, PHR] = acrs;

/** Whether a value from a request or a configuration is one that Sluis can answer. */
export function isAcr(value: unknown): value is Acr {
  return acrs.some((known) => known === value);
}

/** 0 for the weakest; a higher rank satisfies a lower one. */
export function acrRank(acr: Acr): number {
  return acrs.indexOf(acr);
}

/** The stronger of two; either may be absent. */
export function strongerAcr(one: Acr | undefined, other: Acr | undefined): Acr | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return acrRank(one) >= acrRank(other) ? one : other;
}

/** The class that a set of proofs reaches. */
export function acrOf(proofs: readonly Proof[], traits: ReadonlyMap<string, FactorTraits>): Acr {
  const proved = proofs.flatMap(({ factor }) => traits.get(factor) ?? []);
  if (proved.some(({ phishingResistant }) => phishingResistant)) return PHR;
  return proved.some(({ role }) => role !== 'first') ? MFA : SFA;
}

/** `amr` of RFC 8176 for a set of proofs: every method once, in the order it was proved, then `mfa` where there was more than one factor. */
export function amrOf(proofs: readonly Proof[], traits: ReadonlyMap<string, FactorTraits>): readonly string[] {
  const methods = new Set(proofs.flatMap(({ amr }) => amr));
  if (acrOf(proofs, traits) !== SFA) {
    methods.delete('mfa');
    methods.add('mfa');
  }
  return [...methods];
}

/**
 * What the ID token answers to a request that named acceptable values: the strongest of them that was satisfied;
 * without a request, or when none of them was, what was reached.
 */
export function answeredAcr(reached: Acr, requested: readonly string[]): Acr {
  const satisfied = requested.filter(isAcr).filter((acr) => acrRank(acr) <= acrRank(reached));
  return satisfied.reduce<Acr | undefined>((best, acr) => strongerAcr(best, acr), undefined) ?? reached;
}
