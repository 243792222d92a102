import type { Config } from '../config.ts';
import type { AccountSource, AuditLog, EndSessions } from '../domain/ports.ts';
import { foreignAccounts } from '../flows/administration/foreign-accounts.ts';
import { type Administration, createAdministration } from '../flows/administration/index.ts';
import type { Needs as SignInNeeds } from '../flows/sign-in/needs.ts';
import { keyTimesOf } from './key-times.ts';
import type { openStores } from './stores.ts';

export interface AdministrationParts {
  readonly stores: Pick<
    Awaited<ReturnType<typeof openStores>>,
    | 'accountDirectory'
    | 'clientDirectory'
    | 'organizationDirectory'
    | 'enrolments'
    | 'permits'
    | 'lockouts'
    | 'passwordLinks'
    | 'mailQueue'
    | 'vault'
    | 'signingKeys'
  >;
  readonly needs: Pick<SignInNeeds, 'factors' | 'clock'> & {
    readonly audit: AuditLog;
    readonly endSessions: EndSessions;
  };
  /** Of whoever mounts Sluis; absent for its own. */
  readonly accounts?: AccountSource | undefined;
  /** Somebody sends what is in the queue. */
  readonly hasMail: boolean;
}

/** What console, command line and REST API do. */
export function openAdministration(config: Config, parts: AdministrationParts): Administration {
  const { stores, needs, accounts, hasMail } = parts;
  const { factors, audit, endSessions, clock } = needs;
  const { enrolments, permits, lockouts, passwordLinks, mailQueue, vault } = stores;
  return createAdministration({
    organizations: stores.organizationDirectory,
    accounts: accounts === undefined ? stores.accountDirectory : foreignAccounts(accounts),
    clients: stores.clientDirectory,
    signingKeys: stores.signingKeys,
    keyTimes: keyTimesOf(config),
    enrolments,
    permits,
    lockouts,
    ...((accounts === undefined || accounts.setPassword !== undefined) && { passwordLinks }),
    ...(hasMail && { mailQueue }),
    endSessions,
    factors,
    audit,
    vault,
    clock,
    settings: { issuer: config.issuer.replace(/\/$/, '') },
  });
}
