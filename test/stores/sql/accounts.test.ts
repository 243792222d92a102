import { expect } from 'chai';
import type { Account } from '../../../src/domain/account.ts';
import { SqlAccounts } from '../../../src/stores/sql/accounts.ts';
import { SqlImports } from '../../../src/stores/sql/imports.ts';
import { SqlPasswordKinds } from '../../../src/stores/sql/password-kinds.ts';
import { accountsContract } from '../../contracts/accounts.ts';
import { FakeClock } from '../../support/clock.ts';
import { type Fresh, onEveryDatabase } from './databases.ts';
import { batches, keyring, organization, SmallHasher } from './fixtures.ts';

const account = (id: string, changes: Partial<Account> = {}): Account => ({
  id,
  username: id,
  disabled: false,
  epoch: 3,
  secondFactorRequired: false,
  roles: [],
  groups: [],
  profile: { emailVerified: false },
  ...changes,
});

describe('SqlAccounts', () => {
  onEveryDatabase((migrated) => {
    accountsContract(async (organizations, people) => {
      const { database, close } = await migrated();
      const hasher = new SmallHasher();
      const accounts = await Promise.all(
        people.map(async ({ account, password }) => ({
          account,
          enrolments: [],
          ...(password !== undefined && { passwordHash: await hasher.hash(password) }),
        })),
      );
      const imports = new SqlImports(database, keyring, hasher);
      await imports.addAll(batches({ organizations: organizations.map(organization), accounts }));
      return { accounts: new SqlAccounts(database, hasher), close };
    });

    describe('passwords', () => {
      const old = new SmallHasher(2);
      let fresh: Fresh;
      let hasher: SmallHasher;
      let accounts: SqlAccounts;

      beforeEach(async () => {
        fresh = await migrated();
        hasher = new SmallHasher();
        accounts = new SqlAccounts(fresh.database, hasher);
        const passwordHash = await hasher.hash('right');
        await new SqlImports(fresh.database, keyring, hasher).addAll(
          batches({
            accounts: [
              { account: account('current'), passwordHash, enrolments: [] },
              { account: account('disabled', { disabled: true }), passwordHash, enrolments: [] },
              { account: account('outdated'), passwordHash: await old.hash('right'), enrolments: [] },
              { account: account('without'), enrolments: [] },
              { account: account('odd'), passwordHash: '$unheard$of', enrolments: [] },
            ],
          }),
        );
      });
      afterEach(() => fresh.close());

      const hashOf = async (id: string) =>
        fresh.database.kysely
          .selectFrom('accounts')
          .select(['password_hash', 'password_kind'])
          .where('id', '=', id)
          .executeTakeFirst();

      it('cost one hash, whoever is asked for', async () => {
        for (const name of ['current', 'disabled', 'without', 'nobody']) {
          hasher.verified.length = 0;
          expect(await accounts.verifyPassword(await accounts.byName(name), 'wrong')).to.equal(false);
          expect(hasher.verified, name).to.have.length(1);
          expect(hasher.verified[0] !== undefined, name).to.equal(name === 'current');
        }
      });

      it('of a stale account are judged by what stands now', async () => {
        const seen = await accounts.byName('current');
        await fresh.database.kysely.updateTable('accounts').set({ disabled: 1 }).where('id', '=', 'current').execute();
        expect(await accounts.verifyPassword(seen, 'right')).to.equal(false);
      });

      it('are hashed anew after they were right, and the epoch stays', async () => {
        const before = await hashOf('outdated');
        await accounts.verifyPassword(account('outdated'), 'wrong');
        expect(await hashOf('outdated')).to.deep.equal(before);

        expect(await accounts.verifyPassword(account('outdated'), 'right')).to.equal(true);
        const after = await hashOf('outdated');
        expect(after?.password_hash).to.not.equal(before?.password_hash);
        expect(after?.password_kind).to.equal('small 4');
        expect(await accounts.verifyPassword(account('outdated'), 'right')).to.equal(true);
        expect((await hashOf('outdated'))?.password_hash).to.equal(after?.password_hash);
        expect((await accounts.byId('outdated'))?.epoch).to.equal(3);
      });

      it('are not hashed anew over one that was set meanwhile', async () => {
        const other = new SqlAccounts(fresh.another(), new SmallHasher());
        hasher.hash = async (secret) => {
          await other.setPassword('outdated', 'another');
          return new SmallHasher().hash(secret);
        };
        expect(await accounts.verifyPassword(account('outdated'), 'right')).to.equal(true);
        expect(await other.verifyPassword(account('outdated'), 'another')).to.equal(true);
        expect(await other.verifyPassword(account('outdated'), 'right')).to.equal(false);
      });

      it('are set for nobody else', async () => {
        const outcome = await accounts.setPassword('nobody', 'words').catch((error: Error) => error.message);
        expect(outcome).to.equal('no account has this id');
        await accounts.setPassword('current', 'words');
        expect((await accounts.byId('current'))?.epoch).to.equal(4);
        expect((await accounts.byId('outdated'))?.epoch).to.equal(3);
      });

      it('are of the kinds that are stored, read again after a minute', async () => {
        const clock = new FakeClock();
        const kinds = new SqlPasswordKinds(fresh.database, clock);
        expect(await kinds.all()).to.deep.equal(['small 2', 'small 4']);
        await accounts.verifyPassword(account('outdated'), 'right');
        clock.advance(59_999);
        expect(await kinds.all()).to.deep.equal(['small 2', 'small 4']);
        clock.advance(1);
        expect(await kinds.all()).to.deep.equal(['small 4']);
      });
    });
  });
});
