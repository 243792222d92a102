import type { Account } from '../../src/domain/account.ts';
import type { Enrolment } from '../../src/domain/enrolment.ts';
import type { Authenticating, Ceremony, Enrolling, Factor } from '../../src/domain/factor.ts';

export const alice: Account = {
  id: 'a-1',
  organization: 'o-1',
  username: 'alice@example.org',
  disabled: false,
  epoch: 0,
  secondFactorRequired: false,
  roles: [],
  groups: [],
  profile: { emailVerified: false },
};

const visiting = { address: '192.0.2.1', locale: 'en' } as const;

/** Alice, setting a factor up for the first time. */
export const enrolling: Enrolling<unknown> = { account: alice, visiting, mayReplace: true };

/** Alice, proving what she set up. */
export function authenticating(enrolments: readonly Enrolment[]): Authenticating<unknown> {
  return { account: alice, visiting, enrolments };
}

export function enrolmentOf(factor: string, secret: unknown, id = 'e-1'): Enrolment {
  return { id, account: alice.id, factor, secret, version: 1, createdAt: 0, failures: 0 };
}

/** The ceremonies of a factor that has both. */
export function bothCeremonies({ enrolment, authentication }: Factor) {
  if (enrolment === undefined || authentication === undefined) throw new Error('a ceremony is missing');
  return { enrolment, authentication };
}

/** Answers a challenge as alice, who set up what is stored as `secrets`. */
export function proving(ceremony: Ceremony<Authenticating<unknown>, unknown, unknown>, factor: string) {
  return (secret: unknown, code: string) =>
    ceremony.finish(authenticating([enrolmentOf(factor, secret)]), undefined, { code });
}

/** What a right answer gives; anything else fails the test. */
export async function accepted(verdict: Promise<unknown>): Promise<{ secret: unknown; amr: readonly string[] }> {
  const given = (await verdict) as { ok: unknown; secret: unknown; amr: readonly string[] };
  if (given.ok !== true) throw new Error(`not accepted: ${JSON.stringify(given)}`);
  return given;
}
