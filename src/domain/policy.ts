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
  /** What it held was reset, and it has to set a factor up. */
  readonly toSetUp?: boolean;
  /** Acceptable `acr` values of the request; any one will do. */
  readonly acceptableAcrs: readonly string[];
  /** Milliseconds since the Unix epoch: the last gate must have been passed since then. */
  readonly since?: number;
  /** As `SignInRequest.inPerson`. */
  readonly inPerson?: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Until when somebody who has no second factor is let in without, where everybody must have one; undefined once they must. */
export function graceOf(policy: SignInPolicy, now: number): number | undefined {
  const { secondFactorRequired, secondFactorFrom = now } = policy;
  return secondFactorRequired && now < secondFactorFrom ? secondFactorFrom : undefined;
}

/** Whether everybody must have a second factor at this moment. */
export function asksEverybody(policy: SignInPolicy, now: number): boolean {
  return policy.secondFactorRequired && graceOf(policy, now) === undefined;
}

/**
 * The least that this sign-in must reach. Whoever holds a second factor is asked for it, whatever the rest says, and whoever had theirs
 * reset sets one up: otherwise a reset would leave the account to its password.
 */
export function demandedAcr(
  { account, policy, client, held, toSetUp, acceptableAcrs, now }: Circumstances,
  factors: readonly FactorTraits[],
): Acr {
  const secondFactor =
    held.length > 0 ||
    toSetUp === true ||
    (policy !== undefined && asksEverybody(policy, now)) ||
    account?.secondFactorRequired === true ||
    (account?.roles.length ?? 0) > 0;
  return [secondFactor ? MFA : SFA, policy?.minimumAcr, client?.minimumAcr, wish(acceptableAcrs, factors)].reduce<Acr>(
    (most, one) => strongerAcr(most, one) ?? most,
    SFA,
  );
}

/**
 * The gates of a sign-in, in order. The first identifies the person; a second one stands where more than `sfa` is demanded.
 * A passkey opens both where the organization allows it; elsewhere what everybody proves first (the password) is a gate of its own.
 * For `phr` that one opens to phishing-resistant factors alone, and no recovery code stands in.
 *
 * @param factors every factor of the deployment, in the order in which they are offered
 */
export function stagesFor(circumstances: Circumstances, factors: readonly FactorTraits[]): readonly Stage[] {
  const { since } = circumstances;
  const gates = gatesFor(circumstances, factors);
  return since === undefined ? gates : gates.map((one, index) => (gates[index + 1] ? one : { ...one, since }));
}

function gatesFor(circumstances: Circumstances, factors: readonly FactorTraits[]): readonly Stage[] {
  const demanded = demandedAcr(circumstances, factors);
  const named = (role: FactorTraits['role']) => factors.filter((factor) => factor.role === role);
  const everybodys = named('first').map(({ name }) => name);
  const identifying = named('second').filter(({ identifies }) => identifies === true);
  const first = gate([...everybodys, ...identifying.map(({ name }) => name)]);
  if (demanded === SFA) return [first];
  const { methods: allowed, passkeysCountAsBoth = true } = circumstances.policy ?? {};
  const isAllowed = ({ name }: FactorTraits) => allowed === undefined || allowed.includes(name);
  const second = named('second')
    .filter(({ phishingResistant }) => demanded !== PHR || phishingResistant)
    .filter(isAllowed)
    .map(({ name }) => name);
  return [
    first,
    ...(passkeysCountAsBoth && identifying.every(isAllowed) ? [] : [gate(everybodys)]),
    {
      any: second,
      instead: demanded === PHR ? [] : named('recovery').map(({ name }) => name),
      remembered: mayBeRemembered(circumstances, factors),
    },
  ];
}

/**
 * Whether a remembered device may stand in for the second factor: only where nobody asks for one but the organization (or the person,
 * who set one up). A client or a request that asks gets a proof of now, for the ID token could not tell of one otherwise; and so does
 * everything for people with a role.
 */
function mayBeRemembered(
  { account, policy, client, toSetUp, acceptableAcrs, since, inPerson }: Circumstances,
  factors: readonly FactorTraits[],
): boolean {
  if (policy?.rememberedDevices === undefined || since !== undefined || inPerson || toSetUp) return false;
  if ((account?.roles.length ?? 0) > 0) return false;
  const asked = [policy.minimumAcr, client?.minimumAcr, wish(acceptableAcrs, factors)];
  return asked.every((acr) => acr === undefined || acr === SFA);
}

/** One that nothing stands in for. */
function gate(any: readonly FactorName[]): Stage {
  return { any, instead: [], remembered: false };
}

/**
 * The least of the values that a request finds acceptable, as far as factors of this deployment reach it. A request may wish for more
 * (OpenID Connect Core, section 3.1.2.1: `acr_values` are voluntary); the ID token tells what it got.
 */
function wish(values: readonly string[], factors: readonly FactorTraits[]): Acr | undefined {
  const reaches = (acr: Acr) =>
    acr === SFA ||
    factors.some(({ role, phishingResistant }) => role === 'second' && (acr !== PHR || phishingResistant));
  return values
    .filter(isAcr)
    .filter(reaches)
    .sort((one, other) => acrRank(one) - acrRank(other))[0];
}
