import type { Enrolment, EnrolmentSet } from '../../domain/enrolment.ts';
import type { Factor, FactorName } from '../../domain/factor.ts';
import { moment } from './moment.ts';

/** Something that somebody set up to sign in with, without its secret. */
export interface FactorData {
  readonly factor: FactorName;
  /** What its owner calls it. */
  readonly name?: string;
  /** What its owner knows it by: a number of which most is hidden. */
  readonly description?: string;
  /** Of codes that work once: how many are left. */
  readonly left?: number;
  /** False for what staff prepared, until its owner used it. */
  readonly confirmed: boolean;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  readonly switchedOffAt?: string;
}

export function factorsOf(factors: readonly Factor[], set: EnrolmentSet): Promise<readonly FactorData[]> {
  const kinds = new Map(factors.map((factor) => [factor.name, factor]));
  const held = set.enrolments.map((one) => dataOf(one, kinds.get(one.factor), true));
  return Promise.all([...held, ...set.provisional.map((one) => dataOf(one, kinds.get(one.factor), false))]);
}

async function dataOf(enrolment: Enrolment, kind: Factor | undefined, confirmed: boolean): Promise<FactorData> {
  const { factor, secret, createdAt, lastUsedAt, switchedOffAt } = enrolment;
  const name = kind?.naming?.of(secret);
  const description = await kind?.describe?.(secret);
  const left = kind?.remaining?.(secret);
  return {
    factor,
    confirmed,
    createdAt: moment(createdAt),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(left !== undefined && { left }),
    ...(lastUsedAt !== undefined && { lastUsedAt: moment(lastUsedAt) }),
    ...(switchedOffAt !== undefined && { switchedOffAt: moment(switchedOffAt) }),
  };
}
