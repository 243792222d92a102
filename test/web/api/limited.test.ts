import { expect } from 'chai';
import { pairs } from '../../support/world.ts';
import { type ApiWorld, openApiWorld } from './support/service.ts';

for (const pair of pairs) {
  describe(`too many requests at the REST API, on ${pair}`, () => {
    let world: ApiWorld;
    before(async () => {
      world = await openApiWorld(pair, { api: { limit: { most: 3, within: '1m' } } });
      for (const id of ['clerk', 'bureau']) await world.register(id);
    });
    after(() => world.close());

    it('are refused to the service that sends them, over all its tokens, until the time is over', async () => {
      const [one, other, anothers] = await Promise.all(['clerk', 'clerk', 'bureau'].map((id) => world.token(id)));
      const ask = (token = '') => world.ask('/keys', { token });
      const parallel = await Promise.all(Array.from({ length: 12 }, (_, index) => ask(index % 2 === 0 ? one : other)));
      expect(parallel.filter(({ status }) => status === 200)).to.have.length(3);
      const { status, headers, body } = await ask(one);
      expect([status, body.code, headers.get('content-type'), headers.get('retry-after')]).to.deep.equal([
        429,
        'too-many-requests',
        'application/problem+json',
        '60',
      ]);
      expect((await ask(anothers)).status, 'another service').to.equal(200);
      expect((await world.ask('/openapi.json')).status, 'the description').to.equal(200);
      world.idp.clock.advance(60_000);
      expect((await ask(one)).status).to.equal(200);
    });
  });
}
