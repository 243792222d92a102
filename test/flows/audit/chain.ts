import type { AuditEvent } from '../../../src/domain/audit.ts';
import { createSealer } from '../../../src/flows/audit/seal.ts';
import { SqlAuditChain } from '../../../src/stores/sql/audit-chain.ts';
import { SqlAuditLog } from '../../../src/stores/sql/audit-log.ts';
import type { Empty } from '../../stores/sql/databases.ts';
import { keyring } from '../../stores/sql/fixtures.ts';
import { FakeClock } from '../../support/clock.ts';

/** Tables with an audit log in them, and a sealer at hand. */
export async function openChain(migrated: Empty) {
  const clock = new FakeClock();
  const fresh = await migrated();
  const { database } = fresh;
  const log = new SqlAuditLog(database);
  const chain = new SqlAuditChain(database, keyring);
  const seal = createSealer({ chain, clock });
  return {
    ...fresh,
    clock,
    log,
    chain,
    seal,
    /** Writes events, one a minute, and seals them. */
    async fill(count: number, of: Partial<AuditEvent> = {}) {
      for (let index = 0; index < count; index += 1) {
        clock.advance(60_000);
        await log.append([{ ...sample, at: clock.now(), requestId: `r${index}`, ...of }]);
      }
      return seal();
    },
    /** Another process. */
    anotherSealer: () => createSealer({ chain: new SqlAuditChain(fresh.another(), keyring), clock }),
  };
}

export type OpenChain = Awaited<ReturnType<typeof openChain>>;

const sample: Omit<AuditEvent, 'at'> = {
  type: 'factor.wrong',
  account: 'noor',
  organization: 'o1',
  client: 'web',
  address: '192.0.2.1',
  details: { factor: 'totp' },
  before: { name: 'Old' },
  after: { name: 'New' },
};
