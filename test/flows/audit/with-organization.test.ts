import { expect } from 'chai';
import { givePermitTo } from '../../../src/flows/administration/accounts/give-permit.ts';
import { commandLine } from '../../../src/flows/administration/actor.ts';
import { inviteAll } from '../../../src/flows/password/invite.ts';
import { Sitting } from '../../support/sitting.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('the organization of audit events', () => {
  let world: World;
  const organizations = async () => {
    const rows = await world.stores.database.kysely
      .selectFrom('audit_events')
      .select(['account', 'organization'])
      .execute();
    return [...new Set(rows.filter(({ account }) => account !== null).map(({ organization }) => organization))];
  };

  beforeEach(async () => {
    world = await openWorld('SQLite and memory');
  });
  afterEach(() => world.close());

  it('is that of who signs in', async () => {
    await new Sitting(world.signIn).password('mila', 'MOLEN');
    const { id } = (await world.stores.organizations.byCode('MOLEN')) ?? {};
    expect(await organizations()).to.deep.equal([id]);
  });

  it('is that of whom staff help', async () => {
    const { stores, needs } = world;
    const { id } = (await stores.organizations.byCode('DEVRIES')) ?? {};
    const noor = await stores.accounts.byName('noor', id);
    await world.administration.perform(givePermitTo, { actor: commandLine, given: { id: noor?.id } });
    await inviteAll({ ...needs, mailQueue: stores.mailQueue }, [noor?.id ?? '']);
    expect(await organizations()).to.deep.equal([id]);
  });
});
