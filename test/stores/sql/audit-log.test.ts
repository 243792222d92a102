import { expect } from 'chai';
import { SqlAuditLog } from '../../../src/stores/sql/audit-log.ts';
import { eventColumns, toEvent } from '../../../src/stores/sql/event-row.ts';
import { auditLogContract } from '../../contracts/audit-log.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlAuditLog', () => {
  onEveryDatabase((migrated) => {
    auditLogContract(async () => {
      const { database, close } = await migrated();
      const written = async () => {
        const rows = await database.kysely
          .selectFrom('audit_events')
          .select([...eventColumns])
          .orderBy('id')
          .execute();
        return rows.map(toEvent).map(({ id: _, ...event }) => event);
      };
      return { auditLog: new SqlAuditLog(database), written, close };
    });

    it('leaves its rows unsealed', async () => {
      const { database, close } = await migrated();
      await new SqlAuditLog(database).append([{ at: 1, type: 'one' }]);
      const rows = await database.kysely.selectFrom('audit_events').select(['seq', 'hmac']).execute();
      expect(rows).to.deep.equal([{ seq: null, hmac: null }]);
      await close();
    });
  });
});
