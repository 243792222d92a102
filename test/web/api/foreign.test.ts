import { expect } from 'chai';
import { exampleOf, tagOf } from '../../../src/web/api/operation.ts';
import type { Route } from '../../../src/web/api/route.ts';
import { routes } from '../../../src/web/api/routes.ts';
import { pairs } from '../../support/world.ts';
import { type ApiWorld, devries, molen, openApiWorld } from './support/service.ts';

/** Something of each kind that belongs to the other office, or to the whole deployment. */
const theirs: Readonly<Record<string, string>> = { organizations: molen, accounts: 'mila', clients: 'clerk' };

for (const pair of pairs) {
  describe(`a service of one organization at every route of the API, on ${pair}`, () => {
    let world: ApiWorld;
    let token: string;
    let untouched: string;
    before(async () => {
      world = await openApiWorld(pair);
      await world.register('clerk');
      await world.register('bureau', { administers: { organization: devries } });
      token = await world.token('bureau');
      untouched = await everything(world);
    });
    after(() => world.close());

    const asked = (route: Route, given: unknown) => ({
      method: route.method.toUpperCase(),
      token,
      headers: { 'if-match': '"1"' },
      ...(given !== undefined && { body: given }),
    });

    for (const route of routes.filter(({ path }) => path.includes('{id}'))) {
      it(`finds nothing of another: ${route.method} ${route.path}`, async () => {
        const path = route.path.replace('{id}', theirs[tagOf(route)] ?? 'x');
        const { status, body } = await world.ask(path, asked(route, exampleOf(route).given));
        const isTheirs = route.act.role !== 'administrator';
        expect([status, body.code]).to.deep.equal(isTheirs ? [404, 'not-found'] : [403, 'forbidden']);
      });
    }

    it('puts nobody in another, and lists nobody of it', async () => {
      const body = { username: 'spy', organization: molen, invite: 'none' };
      const post = await world.ask('/accounts', { method: 'POST', token, body });
      expect(post.status).to.be.oneOf([403, 404]);
      const list = await world.ask('/accounts?limit=200', { token });
      expect((list.body.items ?? []).map(({ id }) => id)).to.have.members(['noor', 'teun']);
      const foreign = await world.ask(`/accounts?organization=${molen}`, { token });
      expect([foreign.status, foreign.body.items ?? []]).to.deep.equal([404, []]);
      const none = await world.ask('/accounts?organization=', { token });
      expect([none.status, none.body.items ?? []]).to.deep.equal([404, []]);
    });

    it('gives nobody a role above its own', async () => {
      for (const role of ['administrator']) {
        const body = { username: 'climber', organization: devries, roles: [role], invite: 'none' };
        expect((await world.ask('/accounts', { method: 'POST', token, body })).body.code).to.equal('forbidden');
        const change = { method: 'PATCH', token, headers: { 'if-match': '"1"' }, body: { roles: [role] } };
        expect((await world.ask('/accounts/noor', change)).body.code).to.equal('forbidden');
      }
    });

    it('has changed nothing of anybody', async () => {
      expect(await everything(world)).to.equal(untouched);
    });
  });
}

/** Accounts, organizations and clients as they are kept. */
async function everything({ stores }: ApiWorld): Promise<string> {
  const tables = ['accounts', 'organizations', 'clients', 'enrolments', 'permits'] as const;
  const rows = await Promise.all(tables.map((table) => stores.database.kysely.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}
