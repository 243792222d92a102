import type { Account } from './account.ts';
import { type Acr, acrRank, isAcr, MFA, PHR, SFA, strongerAcr } from './acr.ts';
import type { Client } from './client.ts';
import type { FactorName, FactorTraits } from './factor.ts';
import type { SignInPolicy } from './organization.ts';
import type { Stage } from './step.ts';

/** Everything that has a say in how strongly somebody must sign in. */
export interface Circumstances {
  readonly account?: Account;
  /** Of the account's organization, or of the deployment. */
  readonly policy?: SignInPolicy;
  readonly client?: Client;
  /** Second factors the account holds. */
  readonly held: readonly FactorName[];
  /** Acceptable `acr` values of the request; any one will do. */
  readonly acceptableAcrs: readonly string[];
}

/** The least that this sign-in must reach. Whoever holds a second factor is asked for it, whatever the rest says. */
export function demandedAcr({ account, policy, client, held, acceptableAcrs }: Circumstances): Acr {
  const secondFactor =
    held.length > 0 ||
    policy?.secondFactorRequired === true ||
    account?.secondFactorRequired === true ||
    (account?.roles.length ?? 0) > 0;
  return [secondFactor ? MFA : SFA, policy?.minimumAcr, client?.minimumAcr, cheapest(acceptableAcrs)].reduce<Acr>(
    (most, one) => strongerAcr(most, one) ?? most,
    SFA,
  );
}

/**
 * The gates of a sign-in, in order. The first identifies the person; a second one stands where more than `sfa` is demanded.
 * For `phr` that one opens to phishing-resistant factors alone, and no recovery code stands in.
 *
 * @param factors every factor of the deployment, in the order in which they are offered
 */
export function stagesFor(circumstances: Circumstances, factors: readonly FactorTraits[]): readonly Stage[] {
  const demanded = demandedAcr(circumstances);
  const named = (role: FactorTraits['role']) => factors.filter((factor) => factor.role === role);
  const first: Stage = { any: named('first').map(({ name }) => name), instead: [], remembered: false };
  if (demanded === SFA) return [first];
  const allowed = circumstances.policy?.methods;
  const second = named('second')
    .filter(({ phishingResistant }) => demanded !== PHR || phishingResistant)
    .map(({ name }) => name);
  return [
    first,
    {
      any: allowed === undefined ? second : second.filter((name) => allowed.includes(name)),
      instead: demanded === PHR ? [] : named('recovery').map(({ name }) => name),
      remembered: false,
    },
  ];
}

function cheapest(values: readonly string[]): Acr | undefined {
  return values.filter(isAcr).sort((one, other) => acrRank(one) - acrRank(other))[0];
}
