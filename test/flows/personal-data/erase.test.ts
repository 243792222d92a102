import { expect } from 'chai';
import { createSealer } from '../../../src/flows/audit/seal.ts';
import { verifyChain } from '../../../src/flows/audit/verify.ts';
import { givePermit } from '../../../src/flows/permits/give.ts';
import { type EraseNeeds, erasePerson } from '../../../src/flows/personal-data/erase.ts';
import { forgetSessions } from '../../../src/oidc/forget-sessions.ts';
import { seed } from '../../support/seed.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, pairs, type World } from '../../support/world.ts';

const ADDRESS = '198.51.100.77';

for (const pair of pairs) {
  describe(`erasing a person, on ${pair}`, () => {
    let world: World;
    let needs: EraseNeeds;
    const account = async (name: string, code = 'DEVRIES') => {
      const { id } = (await world.stores.organizations.byCode(code)) ?? {};
      return (await world.stores.accounts.byName(name, id))?.id ?? '';
    };

    beforeEach(async () => {
      world = await openWorld(pair);
      const { stores } = world;
      needs = { ...world.needs, ...stores, forgetSessions: forgetSessions(stores) };
    });
    afterEach(() => world.close());

    /** Everything that a person leaves behind. */
    async function live(id: string): Promise<void> {
      const { stores, clock } = world;
      const found = await stores.accounts.byId(id);
      if (found === undefined) throw new Error('there is nobody to live');
      const sitting = new Sitting(world.signIn, {}, { address: ADDRESS });
      await sitting.password('teun', 'DEVRIES');
      await sitting.code('000000');
      await createSealer({ chain: stores.auditChain, clock })();
      await givePermit({ ...world.needs }, found, { way: 'staff' });
      await stores.mailQueue.add({ id: 'm1', errand: { kind: 'invitation', account: id } }, clock.now());
      await stores.sessions.save(
        {
          uid: 's1',
          cookie: 'c1',
          stored: { uid: 's1', accountId: id, epoch: '0.0' },
          authorizations: { web: { sid: 'x', grantId: 'g1' } },
          withdrawn: [],
        },
        3_600,
      );
      await stores.models.upsert(
        { model: 'Grant', id: 'g1' },
        { stored: { accountId: id, clientId: 'web', jti: 'g1' }, lifetime: 3_600 },
      );
    }

    async function everyRow(): Promise<string> {
      const { kysely } = world.stores.database;
      const tables = await kysely.introspection.getTables();
      // Applications have yet to be told, and one event says that it was done.
      const others = tables.filter(({ name }) => name !== 'logouts');
      const rows = await Promise.all(
        others.map(({ name }) => kysely.withTables<Record<string, object>>().selectFrom(name).selectAll().execute()),
      );
      return JSON.stringify(rows.flat().filter((row) => !JSON.stringify(row).includes('account.erased')));
    }

    it('leaves nothing of them, and the audit chain whole', async () => {
      const id = await account('teun');
      await live(id);
      for (const trace of [id, 'teun', 'Teun', ADDRESS]) expect(await everyRow()).to.include(trace);

      const erasure = await erasePerson(needs, { id }, { actor: 'ann', details: { by: 'person' } });
      expect(erasure).to.have.property('erased', true);
      for (const trace of [id, 'teun', 'Teun', ADDRESS]) expect(await everyRow()).to.not.include(trace);
      expect(await world.stores.sessions.ofAccount(id)).to.deep.equal([]);
      expect(await world.stores.models.find({ model: 'Grant', id: 'g1' })).to.equal(undefined);
      expect(await world.stores.mailQueue.lease(Number.MAX_SAFE_INTEGER, 0, 10)).to.deep.equal([]);
      expect(
        (await world.stores.logoutQueue.lease(Number.MAX_SAFE_INTEGER, 0, 10)).map(({ client }) => client),
      ).to.deep.equal(['web']);

      await createSealer({ chain: world.stores.auditChain, clock: world.clock })();
      expect(await verifyChain(world.stores.auditChain)).to.include({ ok: true });
      const { items } = await world.stores.auditReading.page({ limit: 1 });
      expect(items[0]).to.deep.include({ type: 'account.erased', account: id, actor: 'ann' });
      expect(items[0]).to.have.property('organization');
    });

    it('never gives their id to anybody else', async () => {
      const id = await account('mila', 'MOLEN');
      await erasePerson(needs, { id }, {});
      const line = { type: 'account', id, username: 'somebody', organization: 'MOLEN' };
      const failure = await seed({ ...world.stores, factors: [], clock: world.clock }, [line]).catch(String);
      expect(failure).to.include('taken').and.include('"field":"id"');
      expect(await world.stores.accounts.byId(id)).to.equal(undefined);
    });

    it('can be done again, and is refused for who never was', async () => {
      const id = await account('mila', 'MOLEN');
      await erasePerson(needs, { id }, {});
      expect(await erasePerson(needs, { id }, {})).to.deep.equal({ refused: 'unknown' });
      expect(await erasePerson(needs, { id, again: true }, {})).to.have.property('erased', true);
    });

    it('leaves an administrator, and an organization its superuser', async () => {
      const staff = (username: string, role: string) => ({
        type: 'account',
        username,
        organization: 'MOLEN',
        roles: [role],
      });
      const lines = [staff('root', 'administrator'), staff('boss', 'superuser'), staff('chief', 'superuser')];
      await seed({ ...world.stores, factors: [], clock: world.clock }, lines);
      const erase = async (name: string) => erasePerson(needs, { id: await account(name, 'MOLEN') }, {});
      expect(await erase('root')).to.deep.equal({ refused: 'last' });
      const both = await Promise.all([erase('boss'), erase('chief')]);
      expect(both.filter((one) => 'erased' in one)).to.have.length(1);
      expect(both).to.deep.include({ refused: 'last' });
    });
  });
}
