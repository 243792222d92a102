import { expect } from 'chai';
import { SqlAuditLog } from '../../../src/stores/sql/audit-log.ts';
import { fromJson } from '../../../src/stores/sql/json.ts';
import { present } from '../../../src/stores/sql/present.ts';
import { auditLogContract } from '../../contracts/audit-log.ts';
import { onEveryDatabase } from './databases.ts';

describe('SqlAuditLog', () => {
  onEveryDatabase((migrated) => {
    auditLogContract(async () => {
      const { database, close } = await migrated();
      const written = async () => {
        const rows = await database.kysely.selectFrom('audit_events').selectAll().orderBy('id').execute();
        return rows.map(({ id, seq, hmac, request_id: requestId, details, ...rest }) => ({
          ...present({ ...rest, requestId, details: fromJson(details) }),
        }));
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
