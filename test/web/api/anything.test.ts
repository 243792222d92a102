import { expect } from 'chai';
import fc from 'fast-check';
import { routes } from '../../../src/web/api/routes.ts';
import { send } from '../../hostile/support/http.ts';
import { pairs } from '../../support/world.ts';
import { type ApiWorld, molen, openApiWorld } from './support/service.ts';

/** The same requests in every run. */
const SEED = 20_261_122;

/** Names that routes know, and names that JavaScript does. */
const names = fc.oneof(
  fc.constantFrom(
    'id',
    'version',
    'limit',
    'after',
    'prefix',
    'organization',
    'username',
    'roles',
    'methods',
    'metadata',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'confirm',
    'number',
    'invite',
    'administers',
    'name',
    'code',
    'kind',
  ),
  fc.string({ maxLength: 8 }),
);
const scalars = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(molen, 'mila', 'clerk', 'nobody@example.com', 'link', 'web', '\0', '\ud800', 'x'.repeat(5_000)),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  ),
}));
const body = fc.oneof(
  fc.dictionary(names, value, { maxKeys: 8 }).map((object) => JSON.stringify(object)),
  value.map((one) => JSON.stringify(one) ?? ''),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('', '{', '[[[[', '"', `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`),
);
const query = fc
  .array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 4 })
  .map((pairsOf) =>
    pairsOf.map(([name, text]) => `${encodeURIComponent(safe(name))}=${encodeURIComponent(safe(text))}`).join('&'),
  );
const segment = fc.oneof(
  fc.constantFrom(molen, 'mila', 'clerk', 'x', '%00', '%', '%ff', '..', 'x'.repeat(400)),
  fc.string({ unit: 'binary', maxLength: 10 }).map((text) => encodeURIComponent(safe(text))),
);
const headers = fc.record(
  {
    'if-match': fc.constantFrom('"1"', '*', 'W/"1"', '"-1"', '"99999999999999999999"', '1'),
    'idempotency-key': fc.constantFrom('one', 'two', 'x'.repeat(300), 'a b'),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', ';'),
    'content-encoding': fc.constantFrom('gzip', 'identity'),
    accept: fc.constantFrom('text/html', '*/*', 'image/png'),
  },
  { requiredKeys: [] },
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE');

for (const pair of pairs) {
  describe(`whatever a service sends to the API, on ${pair}`, () => {
    let world: ApiWorld;
    let token: string;
    before(async () => {
      world = await openApiWorld(pair);
      await world.register('clerk');
      token = await world.token('clerk');
    });
    after(() => world.close());

    it('is answered in JSON, and never with a fault', async () => {
      const route = fc.constantFrom(...routes.map(({ method, path }) => ({ method, path })));
      const own = fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: method });
      const property = fc.asyncProperty(
        fc.tuple(route, own, segment),
        fc.tuple(headers, query, body),
        async ([{ path, ...of }, other, id], [more, search, sent]) => {
          const asked = other ?? of.method.toUpperCase();
          const answer = await send(world.idp.issuer, {
            method: asked,
            path: `/api/v1${path.replace('{id}', id)}${search === '' ? '' : `?${search}`}`,
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...more },
            ...(asked !== 'GET' && asked !== 'HEAD' && { body: sent }),
          });
          expect(answer.status).to.be.lessThan(500);
          expect(answer.cookies).to.deep.equal([]);
          if (answer.status === 204 || asked === 'HEAD') return;
          const isLines = answer.headers['content-type'] === 'application/jsonl';
          const documents = isLines ? answer.body.split('\n').slice(0, -1) : [answer.body];
          for (const document of documents) expect(() => JSON.parse(document)).to.not.throw();
        },
      );
      await fc.assert(property, { seed: SEED, numRuns: 600, endOnFailure: true });
    });

    it('leaves no fault of ours in the log, and no name on everything', () => {
      expect(world.idp.log.filter((line) => /"level":(50|60)/.test(line))).to.deep.equal([]);
      expect(Object.keys(Object.prototype)).to.deep.equal([]);
    });
  });
}

/** What an address can carry. */
function safe(text: string): string {
  return Buffer.from(text).toString();
}
