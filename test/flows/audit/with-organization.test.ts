import { expect } from 'chai';
import { inviteAll } from '../../../src/flows/password/invite.ts';
import { handOverPermit } from '../../../src/flows/permits/hand-over.ts';
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
    await handOverPermit(
      { ...needs, accounts: stores.accounts },
      { username: 'noor', office: 'DEVRIES' },
      { reset: true },
    );
    await inviteAll({ ...needs, mailQueue: stores.mailQueue }, [noor?.id ?? '']);
    expect(await organizations()).to.deep.equal([id]);
  });
});
