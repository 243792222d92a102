import { acrRank, SFA } from '../../domain/acr.ts';
import type { FactorName } from '../../domain/factor.ts';
import { asksEverybody } from '../../domain/policy.ts';
import type { Needs } from './needs.ts';
import type { Owner } from './owner.ts';
import { areNeeded, codesOf } from './removal.ts';

/** One second factor that somebody set up, as they may see it. */
export interface OwnFactor {
  /** Id of the enrolment. */
  readonly id: string;
  readonly factor: FactorName;
  /** What its owner calls it. */
  readonly name?: string;
  /** What its owner knows it by, for one that has no name. */
  readonly description?: string;
  /** It takes a name. */
  readonly nameable: boolean;
  /** One at most makes sense: to set it up anew takes its place. */
  readonly single: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  /** Too many wrong answers in a row switched it off. */
  readonly switchedOff: boolean;
  /** Its kind is asked for first. */
  readonly preferred: boolean;
  /** A second factor is demanded of this person, and without this one none that will do is left. */
  readonly needed: boolean;
}

/** Why somebody cannot do without a second factor. */
export type Demand = 'organization' | 'person' | 'role' | 'level';

/** Everything about the second factors of one person. */
export interface OwnFactorsOverview {
  /** The oldest first. */
  readonly held: readonly OwnFactor[];
  /** What may be set up besides, the easiest first. */
  readonly offered: readonly FactorName[];
  /** Recovery codes left; undefined where there are none to make. */
  readonly codesLeft?: number;
  /** Absent where the person may turn two-factor authentication off. */
  readonly demanded?: Demand;
}

export async function overviewOf(needs: Needs, owner: Owner): Promise<OwnFactorsOverview> {
  const { factors } = needs;
  const { second, set } = owner;
  const held = await Promise.all(second.map((enrolment) => shown(needs, owner, enrolment)));
  const codes = codesOf(factors, set.enrolments);
  const left = codes.map(({ factor, secret }) => factors.find(({ name }) => name === factor)?.remaining?.(secret) ?? 0);
  const demanded = demandOn(owner, needs.clock.now());
  return {
    held,
    offered: offeredTo(needs, owner),
    ...(second.length > 0 && { codesLeft: left.reduce((sum, one) => sum + one, 0) }),
    ...(demanded !== undefined && { demanded }),
  };
}

async function shown(needs: Needs, owner: Owner, enrolment: Owner['second'][number]): Promise<OwnFactor> {
  const { id, factor: name, secret, createdAt, lastUsedAt, switchedOffAt } = enrolment;
  const { naming, several, describe } = needs.factors.find((one) => one.name === name) ?? {};
  const given = naming?.of(secret);
  const description = await describe?.(secret);
  return {
    id,
    factor: name,
    createdAt,
    nameable: naming !== undefined,
    single: several !== true,
    switchedOff: switchedOffAt !== undefined,
    preferred: owner.set.preferred === name,
    needed: areNeeded(needs, owner, [id]),
    ...(given !== undefined && { name: given }),
    ...(description !== undefined && { description }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  };
}

function offeredTo({ factors }: Needs, { policy, second }: Owner): readonly FactorName[] {
  return factors
    .filter(({ role, name }) => role === 'second' && (policy.methods?.includes(name) ?? true))
    .filter(({ name, several }) => several === true || !second.some(({ factor }) => factor === name))
    .map(({ name }) => name);
}

function demandOn({ account, policy }: Owner, now: number): Demand | undefined {
  if (asksEverybody(policy, now)) return 'organization';
  if (account.secondFactorRequired) return 'person';
  if (account.roles.length > 0) return 'role';
  return acrRank(policy.minimumAcr ?? SFA) > acrRank(SFA) ? 'level' : undefined;
}
