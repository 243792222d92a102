import type { Config } from '../config.ts';
import type { AccountSource, AuditLog, EndSessions, Mailer, SignInTrials, TextMessages } from '../domain/ports.ts';
import { foreignAccounts } from '../flows/administration/foreign-accounts.ts';
import { type Administration, createAdministration } from '../flows/administration/index.ts';
import type { Needs } from '../flows/administration/needs.ts';
import type { Needs as SignInNeeds } from '../flows/sign-in/needs.ts';
import { keyTimesOf } from './key-times.ts';
import { openPersonalData } from './personal-data.ts';
import type { openStores } from './stores.ts';

export interface AdministrationParts {
  readonly stores: Awaited<ReturnType<typeof openStores>>;
  readonly needs: Pick<SignInNeeds, 'factors' | 'clock'> & {
    readonly audit: AuditLog;
    readonly endSessions: EndSessions;
  };
  /** Of whoever mounts Sluis; absent for its own. */
  readonly accounts?: AccountSource | undefined;
  /** What sends mail, and what is in the queue; absent where nothing does. */
  readonly mailer?: Mailer | undefined;
  readonly textMessages?: TextMessages | undefined;
  readonly acceptsClient?: NonNullable<Needs['acceptsClient']>;
  readonly signInTrials?: SignInTrials;
}

/** What console, command line and REST API do. */
export function openAdministration(config: Config, parts: AdministrationParts): Administration {
  const { stores, needs, accounts, mailer, textMessages, acceptsClient, signInTrials } = parts;
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
    ...(mailer !== undefined && { mailQueue, trialMail: { mailer, limits: stores.linksSent } }),
    textMessages,
    auditReading: stores.auditReading,
    auditChain: stores.auditChain,
    ...(acceptsClient && { acceptsClient }),
    ...(signInTrials && { signInTrials }),
    ...(accounts === undefined && { personalData: openPersonalData({ stores, factors, audit, endSessions, clock }) }),
    endSessions,
    factors,
    audit,
    vault,
    clock,
    settings: { issuer: config.issuer.replace(/\/$/, '') },
  });
}
