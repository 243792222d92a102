import { SqlAuditReading } from '../../../src/stores/sql/audit-reading.ts';
import { auditReadingContract } from '../../contracts/audit-reading.ts';
import { openChain } from '../../flows/audit/chain.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlAuditReading', () => {
  onEveryDatabase((migrated) => {
    auditReadingContract(async () => {
      const open = await openChain(migrated);
      return { ...open, reading: new SqlAuditReading(open.database) };
    });
  });
});
