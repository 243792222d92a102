import { expect } from 'chai';
import { readingOnce } from '../../../src/flows/sign-in/reading-once.ts';
import { openWorld } from '../../support/world.ts';

describe('reading an account once a request', () => {
  it('changes nothing of how its factors are removed', async () => {
    const world = await openWorld('SQLite and memory');
    const teun = await world.needs.accounts.byName('teun', (await world.needs.organizations.byCode('DEVRIES'))?.id);
    const { enrolments } = readingOnce(world.needs);
    const id = teun?.id ?? '';
    const { version, enrolments: held } = await enrolments.of(id);
    expect(held).to.have.length(1);
    expect(await enrolments.remove(id, undefined, version + 1), 'the set changed meanwhile').to.equal(false);
    expect(await enrolments.remove(id, undefined, version)).to.equal(true);
    expect((await enrolments.of(id)).enrolments).to.deep.equal([]);
    await world.close();
  });

  it('knows the next secret that it wrote, as a request that reads it does', async () => {
    const world = await openWorld('SQLite and memory');
    const teun = await world.needs.accounts.byName('teun', (await world.needs.organizations.byCode('DEVRIES'))?.id);
    const id = teun?.id ?? '';
    const { enrolments } = readingOnce(world.needs);
    const [held] = (await enrolments.of(id)).enrolments;
    if (held === undefined) throw new Error('expected a factor');
    const next = { ...held, secret: { ...(held.secret as object), lastStep: 7 }, lastUsedAt: 8 };
    await world.needs.enrolments.fail(held.id, 10, 9);
    expect(await enrolments.replace(next)).to.equal(true);
    expect(await enrolments.of(id)).to.deep.equal(await world.needs.enrolments.of(id));
    expect(await enrolments.replace(next), 'a replay').to.equal(false);
    expect(await enrolments.of(id)).to.deep.equal(await world.needs.enrolments.of(id));
    await world.close();
  });
});
