import { expect } from 'chai';
import { z } from 'zod';
import { acts } from '../../../src/flows/administration/index.ts';
import { done } from '../../../src/flows/administration/shapes/values.ts';
import { docsOf } from '../../../src/web/api/docs.ts';
import { openApi } from '../../../src/web/api/openapi.ts';
import { exampleOf } from '../../../src/web/api/operation.ts';
import { problemsOf } from '../../../src/web/api/responses.ts';
import { fieldsOf } from '../../../src/web/api/route.ts';
import { routes } from '../../../src/web/api/routes.ts';
import { pairs } from '../../support/world.ts';
import { type ApiWorld, openApiWorld } from './support/service.ts';
import { walk } from './support/walk.ts';

/** The validator takes a second to load: for the one test that needs it. */
const VALIDATOR: string = '@seriousme/openapi-schema-validator';

async function faultsOf(document: object): Promise<unknown> {
  const { Validator } = await import(VALIDATOR);
  const { valid, errors } = await new Validator().validate(document);
  return valid === true ? undefined : errors;
}

interface ApiBody {
  readonly content?: Readonly<Record<string, { readonly schema: unknown }>>;
}

interface ApiDocument {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly parameters: readonly { readonly name: string; readonly description?: string }[];
            readonly requestBody?: ApiBody;
            readonly responses: Readonly<Record<string, ApiBody>>;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const problem = z.strictObject({
  type: z.url(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  faults: z.array(z.strictObject({ field: z.string(), reason: z.string() })).exactOptional(),
  requestId: z.string(),
});

/** Where a field of a schema has no description, below any depth. */
function undescribed(schema: unknown, path: string): readonly string[] {
  const { properties = {}, items = [], anyOf = [] } = Object(schema);
  const fields: [string, unknown][] = Object.entries(properties);
  return [
    ...fields.flatMap(([name, value]) => {
      const { description, $ref } = Object(value);
      return [...(description || $ref ? [] : [`${path}.${name}`]), ...undescribed(value, `${path}.${name}`)];
    }),
    ...[items, anyOf].flat().flatMap((one) => undescribed(one, path)),
  ];
}

describe('the description of the API', () => {
  const addresses = { api: 'https://id.example.com/api/v1', token: 'https://id.example.com/token' };
  const document: ApiDocument = JSON.parse(JSON.stringify(openApi(routes, addresses)));

  it('says of every field of every body, answer and address what it is', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema, name).to.have.property('description').and.not.to.equal('');
      expect(undescribed(schema, name)).to.deep.equal([]);
    }
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    for (const { operationId, parameters, requestBody, responses } of operations) {
      const nameless = parameters.filter(({ description = '' }) => description === '').map(({ name }) => name);
      expect(nameless, operationId).to.deep.equal([]);
      for (const body of [requestBody, ...Object.values(responses)])
        expect(undescribed(body?.content?.['application/json']?.schema, operationId)).to.deep.equal([]);
    }
  });

  it('says it on the page, too', () => {
    const shown = docsOf(routes, addresses).groups.flatMap((group) => group.routes);
    const all = shown.flatMap(({ id, fields, answered }) =>
      [...fields, ...answered].map(({ name, description }) => ({ at: `${id} ${name}`, description })),
    );
    expect(all.filter(({ description }) => description === '')).to.deep.equal([]);
    const listed = shown.find(({ id }) => id === 'account-show')?.answered.map(({ name }) => name);
    expect(listed).to.include.members(['username', 'standing.factors[].lastUsedAt']);
  });

  it('has a route for every act, but for what goes on in a browser', () => {
    const routed = new Set(routes.map(({ act }) => act.name));
    const missing = acts.filter(({ name }) => !routed.has(name));
    const names = missing.filter(({ inBrowser }) => inBrowser === undefined).map(({ name }) => name);
    expect(names).to.deep.equal([]);
  });

  for (const route of routes) {
    it(`has an example that fits: ${route.method} ${route.path}`, () => {
      const { given, answer } = exampleOf(route);
      if (answer !== undefined && !route.lines)
        expect(route.act.output.safeParse(answer).error?.issues).to.equal(undefined);
      if (given === undefined) return;
      const inPath = fieldsOf(route).filter(({ place }) => place === 'path' || place === 'header');
      const rest = Object.fromEntries(inPath.map(({ name }) => [name, name === 'version' ? 1 : 'x']));
      expect(route.act.input.safeParse({ ...Object(given), ...rest }).error?.issues).to.equal(undefined);
    });
  }
});

for (const pair of pairs) {
  describe(`every route of the API and its description, on ${pair}`, () => {
    let world: ApiWorld;
    before(async () => {
      world = await openApiWorld(pair);
      await world.register('clerk');
    });
    after(() => world.close());

    it('is published as OpenAPI 3.1', async () => {
      const { status, body } = await world.ask('/openapi.json');
      expect([status, body.openapi]).to.deep.equal([200, '3.1.1']);
      expect(await faultsOf(body)).to.equal(undefined);
      const published = Object.entries(body.paths ?? {}).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method} ${path}`),
      );
      expect(published).to.have.members(routes.map(({ method, path }) => `${method} ${path}`));
    });

    it('answers what it says it does', async () => {
      const seen = new Set<string>();
      await walk(world, await world.token('clerk'), (route, answer) => {
        const at = `${route.method} ${route.path}: ${answer.status} ${JSON.stringify(answer.body)}`;
        expect(answer.status, at).to.equal(route.act.output === done ? 204 : route.located ? 201 : 200);
        if (route.act.output !== done) expect(route.act.output.safeParse(answer.body).error, at).to.equal(undefined);
        if (route.located) expect(answer.headers.get('location'), at).to.include('/api/v1/');
        seen.add(route.act.name);
      });
      expect(routes.map(({ act }) => act.name).filter((name) => !seen.has(name))).to.deep.equal([]);
    });

    it('answers a whole list as lines, with what it asks for alone', async () => {
      const token = await world.token('clerk');
      const read = async (query: string) => {
        const answer = await fetch(`${world.idp.issuer}/api/v1/audit/export${query}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/jsonl']);
        return (await answer.text())
          .split('\n')
          .slice(0, -1)
          .map((line): { type: string } => JSON.parse(line));
      };
      const all = await read('');
      expect(all.length).to.be.greaterThan(5);
      const some = await read('?type=client.');
      expect(some)
        .to.deep.equal(all.filter(({ type }) => type.startsWith('client.')))
        .and.to.have.length.greaterThan(1);
      expect((await world.ask('/audit/export?limit=1', { token })).body.code).to.equal('invalid');
    });

    for (const [whose, code] of [
      ['nobody', 'unauthenticated'],
      ['a person', 'unauthenticated'],
      ['a service without the scope', 'insufficient-scope'],
    ] as const) {
      it(`is closed to ${whose}`, async () => {
        for (const route of routes) {
          const token = await tokenOf(world, whose, route.act.scope);
          const path = route.path.replace(/{\w+}/g, 'x');
          const asked = { method: route.method.toUpperCase(), ...(token !== undefined && { token }) };
          const { status, body } = await world.ask(path, asked);
          expect(problem.safeParse(body).error).to.equal(undefined);
          expect([body.code, problemsOf(route).get(status)?.includes(code)], route.act.name).to.deep.equal([
            code,
            true,
          ]);
        }
      });
    }
  });
}

async function tokenOf(world: ApiWorld, whose: string, scope: string): Promise<string | undefined> {
  if (whose === 'nobody') return undefined;
  if (whose === 'a person') return personsToken(world);
  return world.token('clerk', scope === 'audit:read' ? 'keys:read' : 'audit:read');
}

/** As oidc-provider makes it at the end of a sign-in, with every scope that there is. */
async function personsToken({ idp }: ApiWorld): Promise<string> {
  const { provider } = idp.sluis;
  const client = await provider.Client.find('clerk');
  if (client === undefined) throw new Error('no client');
  const grant = new provider.Grant({ accountId: 'teun', clientId: 'clerk' });
  const token = new provider.AccessToken({
    accountId: 'teun',
    client,
    grantId: await grant.save(),
    claims: {},
    gty: 'authorization_code',
    sessionUid: 'x',
    scope: 'organizations:read organizations:write accounts:read accounts:write clients:read clients:write',
  });
  token.aud = `${idp.issuer}/api/v1`;
  return token.save();
}
