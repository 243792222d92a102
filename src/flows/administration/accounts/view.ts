import type { z } from 'zod';
import type { Account } from '../../../domain/account.ts';
import type { Enrolment } from '../../../domain/enrolment.ts';
import type { Factor } from '../../../domain/factor.ts';
import type { KeptAccount } from '../../../domain/ports.ts';
import type { Needs } from '../needs.ts';
import type { account, accountSummary, phone, standing } from '../shapes/account.ts';

/** A line of a list. */
export function summaryOf(value: Account): z.input<typeof accountSummary> {
  const { id, organization, username, profile, roles, disabled } = value;
  const { name = null, email = null } = profile;
  return { id, organization: organization ?? null, username, name, email, roles: [...roles], disabled };
}

/** A person as the faces of administration show them, with how they prove who they are. */
export async function viewOf(needs: Needs, kept: KeptAccount): Promise<z.input<typeof account>> {
  const { value, version } = kept;
  const { profile, locale, groups, secondFactorRequired } = value;
  return {
    ...summaryOf(value),
    givenName: profile.givenName ?? null,
    familyName: profile.familyName ?? null,
    emailVerified: profile.emailVerified,
    locale: locale ?? null,
    groups: [...groups],
    secondFactorRequired,
    standing: await standingOf(needs, kept),
    version,
  };
}

async function standingOf(needs: Needs, { value, hasPassword }: KeptAccount): Promise<z.input<typeof standing>> {
  const { enrolments, provisional } = await needs.enrolments.of(value.id);
  const blockedUntil = await needs.lockouts.until(value.id);
  const codes = enrolments.flatMap((one) => remainingOf(needs, one) ?? []);
  return {
    hasPassword,
    factors: enrolments.filter((one) => remainingOf(needs, one) === undefined).map((one) => factorOf(needs, one)),
    recoveryCodes: codes.length === 0 ? null : codes.reduce((sum, left) => sum + left),
    phone: await phoneOf(needs, { enrolments, provisional }),
    blockedUntil: blockedUntil ?? null,
  };
}

/** The number that somebody is reached at, most of it hidden. A confirmed one goes before one that staff entered. */
export async function phoneOf(
  { factors }: Pick<Needs, 'factors'>,
  set: { readonly enrolments: readonly Enrolment[]; readonly provisional: readonly Enrolment[] },
): Promise<z.input<typeof phone> | null> {
  const reaching = factors.filter(({ reachedAt }) => reachedAt !== undefined);
  const among = (list: readonly Enrolment[]) => list.find(({ factor }) => reaching.some(({ name }) => name === factor));
  const confirmed = among(set.enrolments);
  const shown = confirmed ?? among(set.provisional);
  const masked = shown && (await reaching.find(({ name }) => name === shown.factor)?.describe?.(shown.secret));
  return masked === undefined ? null : { masked, confirmed: confirmed !== undefined };
}

function factorOf(needs: Needs, { factor, secret, createdAt, lastUsedAt, switchedOffAt }: Enrolment) {
  return {
    factor,
    name: known(needs.factors, factor)?.naming?.of(secret) ?? null,
    createdAt,
    lastUsedAt: lastUsedAt ?? null,
    switchedOff: switchedOffAt !== undefined,
  };
}

/** Of what is used up. */
function remainingOf({ factors }: Needs, { factor, secret }: Enrolment): number | undefined {
  return known(factors, factor)?.remaining?.(secret);
}

function known(factors: readonly Factor[], name: string): Factor | undefined {
  return factors.find((factor) => factor.name === name);
}
