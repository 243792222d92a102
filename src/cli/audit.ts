import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import type { ChainPlace } from '../domain/audit-chain.ts';
import type { AuditFilter, ListedEvent } from '../domain/ports.ts';
import type { ChainFault, ChainReport } from '../flows/audit/chain-faults.ts';
import { eventLine, exportEvents } from '../flows/audit/export.ts';
import { verifyChain } from '../flows/audit/verify.ts';
import { organizationNamed } from './looked-up.ts';
import { type Stores, withStores } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** Which events, as the command line names them. */
export interface AuditOptions extends Omit<AuditFilter, 'organization'> {
  /** Code of the organization. */
  readonly office?: string;
}

export interface ListOptions {
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: string;
  readonly json?: boolean;
}

/** `sluis audit list`: the latest first. How to get the rest is no event, and goes beside them. */
export async function listEvents(
  config: Config,
  { limit, after, json, ...options }: AuditOptions & ListOptions,
  terminal: Terminal,
): Promise<void> {
  await withStores(config, terminal, async (stores) => {
    const place = after === undefined ? {} : { after };
    const { items, next } = await stores.auditReading.page({ ...(await filterOf(stores, options)), ...place, limit });
    for (const event of items) terminal.out.write(json === true ? eventLine(event) : `${described(event)}\n`);
    if (next !== undefined) terminal.err.write(`more: --after ${next}\n`);
  });
}

/** `sluis audit export`: JSON lines, the oldest first. */
export async function exportAll(config: Config, options: AuditOptions, terminal: Terminal): Promise<void> {
  await withStores(config, terminal, async (stores) => {
    const events = exportEvents({ reading: stores.auditReading }, await filterOf(stores, options));
    await pipeline(Readable.from(linesOf(events)), terminal.out, { end: false });
  });
}

/** `sluis audit verify`: fails when anything is wrong. */
export async function verify(
  config: Config,
  { head, json = false }: { readonly head?: ChainPlace; readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const report = await withStores(config, terminal, ({ auditChain }) => verifyChain(auditChain, head));
  terminal.out.write(json ? `${JSON.stringify(report)}\n` : summary(report));
  if (!report.ok) throw new Error('The audit log is not what Sluis wrote.');
}

async function filterOf(stores: Stores, { office, ...rest }: AuditOptions): Promise<AuditFilter> {
  return office === undefined ? rest : { ...rest, organization: await organizationNamed(stores, office) };
}

async function* linesOf(events: AsyncIterable<ListedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield eventLine(event);
}

function described({ at, type, account, actor, organization, client, address, details, erased }: ListedEvent): string {
  const told = { account, actor, organization, client, address, ...details };
  const fields = Object.entries(told).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return [new Date(at).toISOString(), type, ...fields, ...(erased === true ? ['erased'] : [])].join('  ');
}

function summary({ checked, after, head, faults, unlisted, unsealed, tooOld }: ChainReport): string {
  const lines = faults.map(tell);
  if (unlisted > 0) lines.push(`and ${unlisted} more`);
  lines.push(`${checked} events checked${after > 0 ? `; those up to ${after} were deleted for their age` : ''}`);
  if (head !== undefined) lines.push(`head ${head.seq}:${head.hmac}`);
  if (tooOld === true) lines.push('the given head was deleted for its age, and cannot be compared');
  const since = unsealed.oldest === undefined ? '' : `, the oldest since ${new Date(unsealed.oldest).toISOString()}`;
  if (unsealed.count > 0) lines.push(`${unsealed.count} not sealed yet${since}: a running server does that`);
  if (faults.length === 0) lines.push('nothing is wrong');
  return `${lines.join('\n')}\n`;
}

function tell(fault: ChainFault): string {
  switch (fault.fault) {
    case 'changed':
      return `${fault.seq} (${fault.id}): changed`;
    case 'inserted':
      return `${fault.seq} (${fault.id}): inserted`;
    case 'moved':
      return `${fault.seq} (${fault.id}): belongs in place ${fault.from}`;
    case 'missing':
      return fault.from === fault.to ? `${fault.from}: missing` : `${fault.from} to ${fault.to}: missing`;
    case 'head-gone':
      return 'the record of where the log ends is gone';
    case 'head-changed':
      return 'the record of where the log ends was changed';
    case 'anchor-changed':
      return 'the record of where the log begins was changed';
    case 'head-differs':
      return `${fault.seq}: not what the given head says, or no longer there`;
  }
}
