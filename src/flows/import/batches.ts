import { randomUUID } from 'node:crypto';
import type { Client } from '../../domain/client.ts';
import type { Clock } from '../../domain/clock.ts';
import { comparable } from '../../domain/comparable.ts';
import type { Enrolment } from '../../domain/enrolment.ts';
import type { Factor } from '../../domain/factor.ts';
import type { ImportBatch, ImportedAccount } from '../../domain/ports.ts';
import type { Checked } from './check.ts';
import { type AccountEntry, type ClientEntry, givenOf, readEntry } from './format.ts';
import type { Line } from './lines.ts';

const BATCH = 500;

/** What turns lines into accounts and clients. */
export interface BatchNeeds {
  readonly checked: Checked;
  /** Of the plain passwords, by line. */
  readonly hashes: ReadonlyMap<number, string>;
  readonly factors: readonly Factor[];
  readonly clock: Clock;
}

/** Everything in a checked file that is not there yet, organizations first. */
export async function* batchesOf(lines: AsyncIterable<Line>, needs: BatchNeeds): AsyncGenerator<ImportBatch> {
  const { organizations, findings } = needs.checked;
  for (let start = 0; start < organizations.length; start += BATCH) {
    yield { organizations: organizations.slice(start, start + BATCH), accounts: [], clients: [] };
  }

  let accounts: ImportedAccount[] = [];
  let clients: Client[] = [];
  for await (const line of lines) {
    const read = 'text' in line && !findings.standingLines.has(line.number) ? readEntry(line.text) : undefined;
    if (read === undefined || !('entry' in read)) continue;
    if (read.entry.type === 'account') accounts.push(accountOf(line.number, read.entry, needs));
    if (read.entry.type === 'client') clients.push(clientOf(read.entry, needs));
    if (accounts.length + clients.length < BATCH) continue;
    yield { organizations: [], accounts, clients };
    accounts = [];
    clients = [];
  }
  yield { organizations: [], accounts, clients };
}

function accountOf(line: number, entry: AccountEntry, needs: BatchNeeds): ImportedAccount {
  const { id = randomUUID(), organization, username, disabled, locale, secondFactorRequired, roles, groups } = entry;
  const { name, givenName, familyName, email, emailVerified, phoneNumber, phoneNumberVerified } = entry;
  const passwordHash = entry.passwordHash ?? needs.hashes.get(line);
  const reached = phoneNumber === undefined ? [] : reachedAt(id, phoneNumber, needs);
  return {
    account: {
      id,
      ...(organization !== undefined && { organization: organizationId(organization, needs) }),
      username,
      disabled,
      epoch: 0,
      ...(locale !== undefined && { locale }),
      secondFactorRequired,
      roles,
      groups,
      profile: {
        ...(name !== undefined && { name }),
        ...(givenName !== undefined && { givenName }),
        ...(familyName !== undefined && { familyName }),
        ...(email !== undefined && { email }),
        emailVerified: email !== undefined && emailVerified,
      },
    },
    ...(passwordHash !== undefined && { passwordHash }),
    enrolments: [...factorsOf(id, entry, needs), ...(phoneNumberVerified ? reached : [])],
    provisional: phoneNumberVerified ? [] : reached,
  };
}

/** What was set up in another system. */
function factorsOf(account: string, entry: AccountEntry, needs: BatchNeeds): Enrolment[] {
  return Object.entries(entry.factors).flatMap(([name, given]) => {
    const factor = needs.factors.find((one) => one.name === name);
    if (factor === undefined) return [];
    return givenOf(given).map((one) => newEnrolment(account, { factor, secret: factor.imported?.(one) }, needs));
  });
}

/** The number that the account is reached at, for every factor that reaches people by phone. */
function reachedAt(account: string, number: string, needs: BatchNeeds): Enrolment[] {
  return needs.factors.flatMap((factor) => {
    return factor.reachedAt === undefined
      ? []
      : newEnrolment(account, { factor, secret: factor.reachedAt(number) }, needs);
  });
}

function newEnrolment(
  account: string,
  { factor, secret }: { readonly factor: Factor; readonly secret: unknown },
  { clock }: BatchNeeds,
): Enrolment {
  const lookup = factor.lookup?.(secret);
  return {
    id: randomUUID(),
    account,
    factor: factor.name,
    secret,
    ...(lookup !== undefined && { lookup }),
    version: 0,
    createdAt: clock.now(),
    failures: 0,
  };
}

function clientOf(entry: ClientEntry, needs: BatchNeeds): Client {
  const { type: _, organizations, ...client } = entry;
  return {
    ...client,
    ...(organizations !== undefined && { organizations: organizations.map((code) => organizationId(code, needs)) }),
  };
}

/** The check made sure that there is one. */
function organizationId(code: string, { checked }: BatchNeeds): string {
  const id = checked.organizationIds.get(comparable(code));
  if (id === undefined) throw new Error('An organization of the import is not known');
  return id;
}
