import type { Factor } from '../../domain/factor.ts';
import type { Organization } from '../../domain/organization.ts';
import type { Clients, Imports, Organizations } from '../../domain/ports.ts';
import { AccountCheck } from './check-accounts.ts';
import { ClientCheck } from './check-clients.ts';
import { OrganizationCheck } from './check-organizations.ts';
import { Findings } from './findings.ts';
import { type Entry, readEntry } from './format.ts';
import type { Line } from './lines.ts';

/** What the checks ask. */
export interface CheckNeeds {
  readonly organizations: Organizations;
  readonly clients: Clients;
  readonly imports: Imports;
  readonly factors: readonly Factor[];
  readonly settings: { readonly officeCode: 'always' | 'never' | 'automatic' };
}

/** What the first reading of a file found out. */
export interface Checked {
  readonly findings: Findings;
  /** Those that are to be added; other lines refer to them, wherever they are in the file. */
  readonly organizations: readonly Organization[];
  /** Id of every organization that the file names, by its comparable code. */
  readonly organizationIds: ReadonlyMap<string, string>;
  /** Some account comes with a plain password. */
  readonly plainPasswords: boolean;
}

/** Reads every line and compares it with the others and with what is stored. Writes nothing. */
export async function checkLines(lines: AsyncIterable<Line>, needs: CheckNeeds): Promise<Checked> {
  const findings = new Findings();
  const organizations = new OrganizationCheck(needs, findings);
  const accounts = new AccountCheck(needs, findings, organizations);
  const clients = new ClientCheck(needs, findings, organizations);

  function check(line: number, entry: Entry): Promise<void> {
    switch (entry.type) {
      case 'organization':
        return organizations.check(line, entry);
      case 'account':
        return accounts.check(line, entry);
      case 'client':
        return clients.check(line, entry);
    }
  }

  for await (const line of lines) {
    const read = 'text' in line ? readEntry(line.text) : { faults: [{ reason: line.fault }] };
    if ('entry' in read) await check(line.number, read.entry);
    else for (const fault of read.faults) findings.object(line.number, fault);
  }
  await accounts.finish();
  return {
    findings,
    organizations: organizations.fresh,
    organizationIds: await organizations.finish(),
    plainPasswords: accounts.plainPasswords,
  };
}
