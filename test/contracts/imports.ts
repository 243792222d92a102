import { expect } from 'chai';
import type { Account } from '../../src/domain/account.ts';
import type { Client } from '../../src/domain/client.ts';
import type { Enrolment } from '../../src/domain/enrolment.ts';
import type { Organization } from '../../src/domain/organization.ts';
import type {
  AccountSource,
  Clients,
  Enrolments,
  ImportBatch,
  ImportedAccount,
  Imports,
  Organizations,
} from '../../src/domain/ports.ts';

const organization = (id: string, code = id): Organization => ({
  id,
  code,
  name: 'Name',
  secondFactorRequired: true,
  firstSetUp: 'permit',
  permitsWaived: false,
  numberChange: true,
  passkeysCountAsBoth: true,
});
const enrolment = (id: string, account: string): Enrolment => ({
  id,
  account,
  factor: 'totp',
  secret: { key: 'JBSWY3DPEHPK3PXP' },
  version: 1,
  createdAt: 1_785_000_000_000,
  failures: 0,
});
const imported = (id: string, username: string, changes: Partial<Account> = {}): ImportedAccount => ({
  account: {
    id,
    organization: 'o1',
    username,
    disabled: false,
    epoch: 0,
    secondFactorRequired: false,
    roles: ['superuser'],
    groups: [],
    profile: { emailVerified: false },
    ...changes,
  },
  enrolments: [enrolment(`totp of ${id}`, id)],
});
const client = (id: string, name = id): Client => ({
  id,
  name,
  metadata: {},
  secret: 'a secret of the client',
  firstParty: true,
  pkceRequired: true,
});

async function* inBatches(...batches: Partial<ImportBatch>[]): AsyncGenerator<ImportBatch> {
  for (const batch of batches) yield { organizations: [], accounts: [], clients: [], ...batch };
}

/** The stores that show what an import did. */
export interface Imported {
  readonly imports: Imports;
  readonly organizations: Organizations;
  readonly accounts: AccountSource;
  readonly clients: Clients;
  readonly enrolments: Enrolments;
  close(): Promise<void>;
}

/** What every implementation of `Imports` does. `open` answers one with nothing in it. */
export function importsContract(open: () => Promise<Imported>): void {
  describe('as Imports', () => {
    let stores: Imported;

    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    const everything = (): AsyncGenerator<ImportBatch> =>
      inBatches(
        { organizations: [organization('o1'), organization('o2')], accounts: [imported('a1', 'Anna')] },
        { accounts: [imported('a2', 'Bert'), imported('a3', 'anna', { organization: 'o2' })], clients: [client('c1')] },
      );

    it('adds everything, batch by batch', async () => {
      expect(await stores.imports.addAll(everything())).to.deep.equal({ organizations: 2, accounts: 3, clients: 1 });
      expect(await stores.organizations.byCode('O2')).to.deep.equal(organization('o2'));
      expect(await stores.accounts.byName('ANNA', 'o1')).to.deep.equal(imported('a1', 'Anna').account);
      expect(await stores.clients.byId('c1')).to.deep.equal(client('c1'));
      expect(await stores.enrolments.of('a2')).to.deep.equal({
        version: 1,
        epoch: 0,
        everHeld: true,
        toSetUp: false,
        enrolments: [enrolment('totp of a2', 'a2')],
        provisional: [],
      });
    });

    it('changes nothing the second time', async () => {
      await stores.imports.addAll(everything());
      expect(await stores.imports.addAll(everything())).to.deep.equal({ organizations: 0, accounts: 0, clients: 0 });
      expect((await stores.enrolments.of('a1')).version).to.equal(1);
    });

    it('leaves alone what stands, by id or by name, with what belongs to it', async () => {
      await stores.imports.addAll(everything());
      const added = await stores.imports.addAll(
        inBatches({
          organizations: [organization('o1', 'other'), organization('o9', 'O2'), organization('o3')],
          accounts: [
            imported('a1', 'by id', { roles: [] }),
            imported('a9', ' BERT ', { roles: [] }),
            imported('a4', 'bert', { organization: 'o3' }),
          ],
          clients: [client('c1', 'other'), client('c2')],
        }),
      );
      expect(added).to.deep.equal({ organizations: 1, accounts: 1, clients: 1 });
      expect(await stores.organizations.byId('o1')).to.deep.equal(organization('o1'));
      expect(await stores.organizations.byId('o9')).to.equal(undefined);
      expect((await stores.accounts.byId('a1'))?.username).to.equal('Anna');
      expect(await stores.accounts.byId('a9')).to.equal(undefined);
      expect((await stores.enrolments.of('a9')).everHeld).to.equal(false);
      expect((await stores.clients.byId('c1'))?.name).to.equal('c1');
    });

    it('takes the first of two with one name', async () => {
      const twins = { accounts: [imported('a1', 'anna'), imported('a2', 'ANNA')] };
      expect(
        (await stores.imports.addAll(inBatches({ organizations: [organization('o1')], ...twins }))).accounts,
      ).to.equal(1);
      expect((await stores.accounts.byName('anna'))?.id).to.equal('a1');
      expect((await stores.enrolments.of('a2')).enrolments).to.deep.equal([]);
    });

    it('adds accounts that belong to no organization', async () => {
      const { organization: _, ...alone } = imported('a1', 'anna').account;
      const lone: ImportedAccount = { account: alone, enrolments: [] };
      expect((await stores.imports.addAll(inBatches({ accounts: [lone] }))).accounts).to.equal(1);
      const again: ImportedAccount = { account: { ...alone, id: 'a2' }, enrolments: [] };
      expect((await stores.imports.addAll(inBatches({ accounts: [again] }))).accounts).to.equal(0);
      expect(await stores.accounts.byName('anna')).to.deep.equal(alone);
      expect((await stores.enrolments.of('a1')).everHeld).to.equal(false);
    });

    describe('what staff prepared', () => {
      const prepared = { ...enrolment('sms', 'a1'), factor: 'sms', lookup: '+31612345678' };
      const set = () => stores.enrolments.of('a1');
      beforeEach(async () => {
        const { organization: _, ...alone } = imported('a1', 'anna').account;
        const account: ImportedAccount = { account: alone, enrolments: [], provisional: [prepared] };
        await stores.imports.addAll(inBatches({ accounts: [account] }));
      });

      it('is neither held nor was it ever', async () => {
        const { version: _, ...rest } = await set();
        expect(rest).to.deep.equal({
          epoch: 0,
          everHeld: false,
          toSetUp: false,
          enrolments: [],
          provisional: [prepared],
        });
      });

      it('goes when its owner sets up that factor, and stays when it is another or the set has changed', async () => {
        const own = { ...prepared, id: 'own' };
        expect(await stores.enrolments.add(own, (await set()).version + 1)).to.equal(false);
        await stores.enrolments.add(enrolment('totp', 'a1'), (await set()).version);
        expect((await set()).provisional).to.deep.equal([prepared]);
        await stores.enrolments.add(own, (await set()).version);
        expect((await set()).provisional).to.deep.equal([]);
        expect((await set()).enrolments.map(({ id }) => id)).to.have.members(['totp', 'own']);
      });

      it('goes with everything else', async () => {
        await stores.enrolments.remove('a1');
        expect((await set()).provisional).to.deep.equal([]);
      });
    });

    it('adds nothing at all when the batches end in an error', async () => {
      async function* broken(): AsyncGenerator<ImportBatch> {
        yield* everything();
        throw new Error('line 4 is bad');
      }
      const message = await stores.imports.addAll(broken()).catch((error: Error) => error.message);
      expect(message).to.equal('line 4 is bad');
      expect(await stores.organizations.howMany()).to.equal(0);
      expect(await stores.accounts.byId('a1')).to.equal(undefined);
      expect((await stores.enrolments.of('a1')).everHeld).to.equal(false);
    });

    it('adds nothing at all when an account refers to an organization that is nowhere', async () => {
      const astray = inBatches(
        { organizations: [organization('o1')] },
        { accounts: [imported('a1', 'anna', { organization: 'o7' })] },
      );
      const outcome = await stores.imports.addAll(astray).then(
        () => 'added',
        () => 'refused',
      );
      expect(outcome).to.equal('refused');
      expect(await stores.organizations.howMany()).to.equal(0);
    });

    it('adds more than fits into one statement', async () => {
      const accounts = Array.from({ length: 2500 }, (_, index) => imported(`a${index}`, `user ${index}`));
      const tally = await stores.imports.addAll(inBatches({ organizations: [organization('o1')], accounts }));
      expect(tally.accounts).to.equal(2500);
      expect((await stores.enrolments.of('a2499')).enrolments).to.have.length(1);
    });

    it('says which accounts stand already, by name or by id', async () => {
      await stores.imports.addAll(everything());
      expect(await stores.imports.standing([], [])).to.deep.equal([]);
      const byName = await stores.imports.standing([' ANNA', 'nobody'], []);
      expect([...byName].sort((one, other) => one.id.localeCompare(other.id))).to.deep.equal([
        { id: 'a1', organization: 'o1', username: 'Anna' },
        { id: 'a3', organization: 'o2', username: 'anna' },
      ]);
      expect(await stores.imports.standing([], ['a2', 'a9'])).to.deep.equal([
        { id: 'a2', organization: 'o1', username: 'Bert' },
      ]);
      expect(await stores.imports.standing(['bert'], ['a1'])).to.have.length(2);
    });
  });
}
