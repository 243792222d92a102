import { expect } from 'chai';
import { pairs } from '../../support/world.ts';
import { type ApiWorld, devries, molen, openApiWorld } from './support/service.ts';

for (const pair of pairs) {
  describe(`the REST API on ${pair}`, () => {
    let world: ApiWorld;
    let token: string;

    before(async () => {
      world = await openApiWorld(pair);
      await world.register('clerk');
      await world.register('bureau', { administers: { organization: devries } });
      token = await world.token('clerk');
    });
    after(() => world.close());

    const refused = async (path: string, asked: Parameters<ApiWorld['ask']>[1] = {}) => {
      const { status, headers, body } = await world.ask(path, asked);
      expect(headers.get('content-type')).to.equal('application/problem+json');
      expect(body).to.include.keys('type', 'title', 'requestId').and.to.have.property('status', status);
      expect(body.type).to.equal(`${world.idp.issuer}/api/v1/docs#${body.code}`);
      return [status, body.code, ...(body.faults ?? []).map(({ field, reason }) => `${field} ${reason}`)];
    };

    describe('who asks', () => {
      it('needs a token in the header, and is told how to ask', async () => {
        expect(await refused('/organizations')).to.deep.equal([401, 'unauthenticated']);
        const { headers } = await world.ask('/organizations');
        expect(headers.get('www-authenticate')).to.equal(`Bearer realm="${world.idp.issuer}/"`);
        expect(await refused(`/organizations?access_token=${token}`)).to.deep.equal([401, 'unauthenticated']);
        const { headers: again } = await world.ask('/organizations', { token: 'made-up' });
        expect(again.get('www-authenticate')).to.equal(`Bearer realm="${world.idp.issuer}/", error="invalid_token"`);
        for (const authorization of [`Basic ${token}`, `Bearer ${token} x`, 'Bearer', token]) {
          expect(await refused('/organizations', { headers: { authorization } })).to.deep.equal([
            401,
            'unauthenticated',
          ]);
        }
      });

      it('needs the scope, and is told which', async () => {
        const reading = await world.token('clerk', 'organizations:read');
        expect((await world.ask('/organizations', { token: reading })).status).to.equal(200);
        const asked = { method: 'POST', token: reading, body: {} };
        expect(await refused('/organizations', asked)).to.deep.equal([403, 'insufficient-scope']);
        const { headers } = await world.ask('/organizations', asked);
        expect(headers.get('www-authenticate')).to.equal(
          `Bearer realm="${world.idp.issuer}/", error="insufficient_scope", scope="organizations:write"`,
        );
      });

      it('sees the organization that it is bound to, and no other', async () => {
        const bound = await world.token('bureau');
        const { body } = await world.ask('/organizations', { token: bound });
        expect((body.items ?? []).map(({ id }) => id)).to.deep.equal([devries]);
        expect((await world.ask(`/organizations/${devries}`, { token: bound })).status).to.equal(200);
        expect(await refused(`/organizations/${molen}`, { token: bound })).to.deep.equal([404, 'not-found']);
        expect(
          await refused('/organizations', { method: 'POST', token: bound, body: { code: 'X', name: 'X' } }),
        ).to.deep.equal([403, 'forbidden']);
      });

      it('is within a second what its client is by then', async () => {
        await world.register('fleeting');
        const given = await world.token('fleeting');
        const look = async (id: string) => (await world.ask(`/organizations/${id}`, { token: given })).status;
        expect(await look(molen)).to.equal(200);
        await world.register('fleeting', { administers: { organization: devries } });
        expect([await look(molen), await look(devries)]).to.deep.equal([404, 200]);
        const metadata = { grant_types: ['client_credentials'], scope: 'accounts:read' };
        await world.register('fleeting', { metadata });
        expect(await look(molen)).to.equal(403);
        await world.stores.database.kysely
          .updateTable('clients')
          .set({ administers: null })
          .where('id', '=', 'fleeting')
          .execute();
        world.idp.clock.advance(1_000);
        expect(await look(molen)).to.equal(401);
        await world.register('fleeting');
        expect(await look(molen)).to.equal(200);
        await world.remove('fleeting');
        expect(await look(molen)).to.equal(401);
      });
    });

    describe('what is asked', () => {
      it('is refused with the fields that are wrong', async () => {
        const post = (body: unknown) => refused('/organizations', { method: 'POST', token, body });
        expect(await post({ code: '', role: 'administrator' })).to.have.members([
          422,
          'invalid',
          'code too-short',
          'name missing',
          'role unknown-field',
        ]);
        expect(await post([])).to.deep.equal([400, 'malformed-body']);
        expect(await post('{')).to.deep.equal([400, 'malformed-body']);
        expect(await post('{"__proto__":{"code":"X"},"name":"X"}')).to.deep.equal([400, 'malformed-body']);
        expect(await post(`{"code":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).to.deep.equal([
          400,
          'malformed-body',
        ]);
        expect(await post({ code: 'x'.repeat(70_000), name: 'X' })).to.deep.equal([413, 'body-too-large']);
        const headers = { 'content-type': 'text/plain' };
        expect(await refused('/organizations', { method: 'POST', token, body: '{}', headers })).to.deep.equal([
          415,
          'unsupported-media-type',
        ]);
        const get = (query: string) => refused(`/organizations?${query}`, { token });
        expect(await get('limit=many&order=up')).to.deep.equal([422, 'invalid', 'order unknown-field']);
        expect(await get('limit=many')).to.deep.equal([422, 'invalid', 'limit malformed']);
        expect(await get('limit=1&limit=2')).to.deep.equal([422, 'invalid', 'limit malformed']);
        expect(await get('prefix=%00')).to.deep.equal([422, 'invalid', 'prefix malformed']);
      });

      it('says in the address alone whom it means', async () => {
        const asked = { method: 'PATCH', token, headers: { 'if-match': '"1"' } };
        for (const [field, value] of [
          ['id', devries],
          ['version', 1],
        ] as const) {
          expect(await refused(`/organizations/${molen}`, { ...asked, body: { [field]: value } })).to.deep.equal([
            422,
            'invalid',
            `${field} unknown-field`,
          ]);
        }
      });

      it('is answered in problems where there is nothing', async () => {
        expect(await refused('/nothing', { headers: { accept: 'text/html' } })).to.deep.equal([404, 'not-found']);
        expect(await refused('/organizations', { method: 'DELETE', token })).to.deep.equal([405, 'method-not-allowed']);
        const { headers } = await world.ask('/organizations', { method: 'DELETE' });
        expect(headers.get('allow')).to.equal('GET, HEAD, OPTIONS, POST');
      });

      it('changes nothing that somebody else changed meanwhile', async () => {
        const read = await world.ask(`/organizations/${molen}`, { token });
        const version = read.headers.get('etag') ?? '';
        expect(version).to.equal(`"${read.body.version}"`);
        const change = (name: string, headers: Record<string, string>) => ({
          method: 'PATCH',
          token,
          body: { name },
          headers,
        });
        expect(await refused(`/organizations/${molen}`, change('A', {}))).to.deep.equal([428, 'version-missing']);
        expect(await refused(`/organizations/${molen}`, change('A', { 'if-match': '*' }))).to.deep.equal([
          422,
          'invalid',
          'If-Match malformed',
        ]);
        const both = await Promise.all(
          ['A', 'B'].map((name) => world.ask(`/organizations/${molen}`, change(name, { 'if-match': version }))),
        );
        expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
        const winner = both.find(({ status }) => status === 200);
        const { body, headers } = await world.ask(`/organizations/${molen}`, { token });
        expect([body.name, headers.get('etag')]).to.deep.equal([winner?.body.name, winner?.headers.get('etag')]);
      });
    });

    describe('a request that is sent again', () => {
      const create = (code: string, key: string, given = token) =>
        world.ask('/organizations', {
          method: 'POST',
          token: given,
          body: { code, name: code },
          headers: { 'idempotency-key': key },
        });

      it('is answered as before, and done once', async () => {
        const first = await create('TWICE', 'k1');
        expect(first.status).to.equal(201);
        const second = await create('TWICE', 'k1');
        expect([second.status, second.body]).to.deep.equal([201, first.body]);
        expect(second.headers.get('location')).to.equal(`/api/v1/organizations/${first.body.id}`);
        expect((await world.ask(`/organizations/${first.body.id}`, { token })).body.code).to.equal('TWICE');
        expect((await create('TWICE', 'k2')).body.code).to.equal('taken');
        expect((await create('OTHER', 'k1')).body.code).to.equal('idempotency-key-reused');
        expect((await create('HERS', 'k 1')).body.code).to.equal('invalid');
      });

      it('is another when another service sends it', async () => {
        await world.register('colleague');
        const theirs = await create('THEIRS', 'k1', await world.token('colleague'));
        expect([theirs.status, theirs.body.code]).to.deep.equal([201, 'THEIRS']);
      });

      it('is done by one of several that arrive at once', async () => {
        const answers = await Promise.all(Array.from({ length: 8 }, () => create('RACE', 'race')));
        const made = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
        expect(made.size).to.equal(1);
        for (const { status, body } of answers) {
          if (status !== 201) expect([status, body.code]).to.deep.equal([409, 'idempotency-key-in-use']);
        }
      });

      it('may be tried again with the same key when it was refused', async () => {
        expect((await create('TWICE', 'k3')).body.code).to.equal('taken');
        expect((await create('THRICE', 'k3')).status).to.equal(201);
      });

      it('is forgotten after a day', async () => {
        world.idp.clock.advance(24 * 3_600_000);
        token = await world.token('clerk');
        expect((await create('TWICE', 'k1')).body.code).to.equal('taken');
      });
    });

    describe('all in all', () => {
      it('lists page after page, each thing once', async () => {
        const seen: string[] = [];
        for (let after = ''; ; ) {
          const { body } = await world.ask(`/organizations?limit=2${after}`, { token });
          seen.push(...(body.items ?? []).map(({ code }) => String(code)));
          if (body.next === undefined) break;
          after = `&after=${encodeURIComponent(body.next)}`;
        }
        expect(seen)
          .to.deep.equal([...new Set(seen)].sort())
          .and.to.have.length.greaterThan(4);
        const found = await world.ask('/organizations?prefix=tw', { token });
        expect((found.body.items ?? []).map(({ code }) => code)).to.deep.equal(['TWICE']);
      });

      it('sets no cookie, opens itself to no other site, and is kept by no cache', async () => {
        for (const path of ['/organizations', '/openapi.json', '/nothing']) {
          const { headers } = await world.ask(path, {
            token,
            headers: { origin: 'https://evil.example', cookie: 'a=b' },
          });
          expect(headers.get('set-cookie')).to.equal(null);
          expect(headers.get('access-control-allow-origin')).to.equal(null);
          expect(headers.get('cache-control')).to.equal('no-store');
        }
      });

      it('is in the log by the name of what was done, without what was sent', () => {
        const lines = world.idp.log.join('');
        expect(lines)
          .to.include('"route":"api.organization.create"')
          .and.not.to.include(token)
          .and.not.to.include('THRICE');
        expect(world.idp.log.filter((line) => /"level":(50|60)/.test(line))).to.deep.equal([]);
      });
    });
  });
}
