import type { Account } from '../../domain/account.ts';
import type { Clock } from '../../domain/clock.ts';
import type { EnrolmentSet } from '../../domain/enrolment.ts';
import type { Factor } from '../../domain/factor.ts';
import { epochOf } from '../../domain/login.ts';
import type {
  Accesses,
  AccountSource,
  AuditHistory,
  Clients,
  EmailChanges,
  Enrolments,
  ListSessions,
  Organizations,
  RememberedDevices,
} from '../../domain/ports.ts';
import { type EventData, eventsAbout } from './events.ts';
import { type FactorData, factorsOf } from './factors.ts';
import { moment } from './moment.ts';

/** Where everything about a person is found. */
export interface PersonalDataNeeds {
  readonly accounts: Pick<AccountSource, 'byId'>;
  readonly organizations: Pick<Organizations, 'byId'>;
  readonly clients: Pick<Clients, 'byId'>;
  readonly enrolments: Pick<Enrolments, 'of'>;
  readonly factors: readonly Factor[];
  readonly listSessions: ListSessions;
  readonly accesses: Pick<Accesses, 'of'>;
  readonly devices: Pick<RememberedDevices, 'of'>;
  readonly emailChanges: Pick<EmailChanges, 'ofAccount'>;
  readonly history: AuditHistory;
  readonly clock: Clock;
}

/** Everything that is kept about a person, to be read by them. Plain JSON; times are those of RFC 3339, in UTC. */
export interface PersonalData {
  readonly madeAt: string;
  readonly account: object;
  readonly organization?: object;
  /** Methods of signing in, and recovery codes. */
  readonly factors: readonly FactorData[];
  readonly sessions: readonly object[];
  /** Browsers that are not asked for a second factor. */
  readonly rememberedDevices: readonly object[];
  /** Applications with access. */
  readonly applications: readonly object[];
  /** The latest first. */
  readonly activity: readonly EventData[];
}

/**
 * Gathers what is kept about a person: nothing that opens their account (passwords, keys, codes, tokens), no mobile number in full, for
 * staff may hand this over, and nothing of whoever else acted on the account.
 *
 * @param id of the account
 * @returns undefined when there is no such account
 */
export async function personalDataOf(needs: PersonalDataNeeds, id: string): Promise<PersonalData | undefined> {
  const account = await needs.accounts.byId(id);
  if (account === undefined) return undefined;
  const set = await needs.enrolments.of(id);
  const [organization, factors, sessions, rememberedDevices, applications, pending, activity] = await Promise.all([
    organizationOf(needs, account),
    factorsOf(needs.factors, set),
    sessionsOf(needs, account, set),
    devicesOf(needs, account),
    applicationsOf(needs, account, set),
    needs.emailChanges.ofAccount(id, needs.clock.now()),
    eventsAbout(needs.history, id),
  ]);
  return {
    madeAt: moment(needs.clock.now()),
    account: { ...accountData(account), ...(pending && { pendingEmail: pending.address }) },
    ...(organization && { organization }),
    factors,
    sessions,
    rememberedDevices,
    applications,
    activity,
  };
}

function accountData({ epoch: _, profile, replacedEmail, ...account }: Account): object {
  const replaced = replacedEmail && { address: replacedEmail.address, at: moment(replacedEmail.at) };
  return { ...account, ...profile, ...(replaced && { replacedEmail: replaced }) };
}

async function organizationOf({ organizations }: PersonalDataNeeds, { organization }: Account) {
  const found = organization === undefined ? undefined : await organizations.byId(organization);
  return found && { id: found.id, code: found.code, name: found.name };
}

async function sessionsOf({ listSessions }: PersonalDataNeeds, account: Account, set: EnrolmentSet) {
  const open = await listSessions(account.id, epochOf(account, set));
  return open.map(({ uid: _, signedInAt, usedAt, agent, clients, ...rest }) => ({
    signedInAt: moment(signedInAt),
    usedAt: moment(usedAt),
    ...rest,
    ...(agent !== undefined && { browser: agent }),
    applications: clients,
  }));
}

async function devicesOf({ devices }: PersonalDataNeeds, account: Account) {
  const remembered = await devices.of(account.id);
  return remembered.map(({ createdAt, lastUsedAt, until, address, agent }) => ({
    createdAt: moment(createdAt),
    lastUsedAt: moment(lastUsedAt),
    until: moment(until),
    ...(address !== undefined && { address }),
    ...(agent !== undefined && { browser: agent }),
  }));
}

async function applicationsOf({ accesses, clients }: PersonalDataNeeds, account: Account, set: EnrolmentSet) {
  const found = await accesses.of(account.id, epochOf(account, set));
  const data = found.map(async ({ client: id, scopes, since, usedAt }) => {
    const name = (await clients.byId(id))?.name;
    return { id, ...(name !== undefined && { name }), scopes, since: moment(since), usedAt: moment(usedAt) };
  });
  return Promise.all(data);
}
