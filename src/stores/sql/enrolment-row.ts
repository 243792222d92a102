import type { Enrolment } from '../../domain/enrolment.ts';
import type { Vault } from '../../domain/ports.ts';
import { toFlag } from './json.ts';
import { present } from './present.ts';
import type { EnrolmentsTable } from './schema.ts';
import { enrolmentContext, LOOKUP, lookupContext } from './sealed.ts';

export function fromEnrolment(
  enrolment: Enrolment,
  { vault, provisional }: { readonly vault: Vault; readonly provisional: boolean },
): EnrolmentsTable {
  const { lookup } = enrolment;
  return {
    id: enrolment.id,
    account: enrolment.account,
    factor: enrolment.factor,
    secret: vault.seal(JSON.stringify(enrolment.secret), enrolmentContext(enrolment)),
    lookup: lookup === undefined ? null : vault.seal(lookup, lookupContext(enrolment)),
    lookup_digest: lookup === undefined ? null : vault.digest(lookup, LOOKUP),
    provisional: toFlag(provisional),
    version: enrolment.version,
    created_at: enrolment.createdAt,
    last_used_at: enrolment.lastUsedAt ?? null,
    failures: enrolment.failures,
    switched_off_at: enrolment.switchedOffAt ?? null,
  };
}

/** The join answers one row of nulls for a set that is empty. */
export function isEnrolment(
  row: { readonly [Name in keyof EnrolmentsTable]: EnrolmentsTable[Name] | null },
): row is EnrolmentsTable {
  return row.id !== null;
}

export function toEnrolment(row: EnrolmentsTable, vault: Vault): Enrolment {
  const { id, account, factor, version, failures } = row;
  let opened: { readonly secret: unknown } | undefined;
  return {
    id,
    account,
    factor,
    // Opened when it is asked for: most requests want to know which factors there are, and no more.
    get secret() {
      opened ??= { secret: JSON.parse(vault.open(row.secret, enrolmentContext(row))) };
      return opened.secret;
    },
    version,
    createdAt: row.created_at,
    failures,
    ...(row.lookup !== null && { lookup: vault.open(row.lookup, lookupContext(row)) }),
    ...present({ lastUsedAt: row.last_used_at, switchedOffAt: row.switched_off_at }),
  };
}
