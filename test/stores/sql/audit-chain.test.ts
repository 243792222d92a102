import { expect } from 'chai';
import { newChain } from '../../../src/crypto/audit-seals.ts';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { extend } from '../../../src/flows/audit/extend.ts';
import { SqlAuditChain } from '../../../src/stores/sql/audit-chain.ts';
import { SqlAuditLog } from '../../../src/stores/sql/audit-log.ts';
import { reencrypt } from '../../../src/stores/sql/reencrypt.ts';
import { auditChainContract } from '../../contracts/audit-chain.ts';
import { onEveryDatabase } from './databases.ts';
import { keyring } from './fixtures.ts';

describe('SqlAuditChain', () => {
  onEveryDatabase((migrated) => {
    auditChainContract(async () => {
      const { database, another, close } = await migrated();
      return {
        chain: new SqlAuditChain(database, keyring),
        log: new SqlAuditLog(database),
        another: () => new SqlAuditChain(another(), keyring),
        close,
      };
    });

    it('keeps its key through a change of encryption keys', async () => {
      const { database, close } = await migrated();
      const [old, young] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
      await new SqlAuditChain(database, new Keyring([old])).begin(newChain());
      const before = await new SqlAuditChain(database, new Keyring([old])).state();
      await reencrypt(database, new Keyring([young, old]));
      expect(await new SqlAuditChain(database, new Keyring([young])).state()).to.deep.equal(before);
      const failure = await new SqlAuditChain(database, new Keyring([old]))
        .state()
        .catch(({ message }: Error) => message);
      expect(failure).to.equal('sealed with a key that is not in the keyring');
      await close();
    });

    it('does not begin anew when its row is gone', async () => {
      const { database, close } = await migrated();
      const chain = new SqlAuditChain(database, keyring);
      const log = new SqlAuditLog(database);
      const go = { holder: 'one', now: 1, until: 1, limit: 10 };
      await chain.begin(newChain());
      await log.append([{ at: 1, type: 'one' }]);
      await chain.extend(go, extend);
      await database.kysely.deleteFrom('audit_chain').execute();
      await log.append([{ at: 2, type: 'two' }]);
      for (const attempt of [() => chain.begin(newChain()), () => chain.extend(go, extend)]) {
        expect(await attempt().catch(({ message }: Error) => message)).to.equal('the head of the audit chain is gone');
      }
      await close();
    });
  });
});
