import { done } from '../../flows/administration/shapes/values.ts';
import { LINES } from './lines.ts';
import { problemTypes } from './problem.ts';
import { problemsOf } from './responses.ts';
import { type Field, fieldsOf, type Route, type Schema } from './route.ts';
import { sampleOf } from './sample.ts';
import { type Described, describe } from './schemas.ts';

const SCHEME = 'service';

/** What a request of a route and its answer look like. */
export interface Example {
  /** The body, where it has one. */
  readonly given?: unknown;
  /** Where there is anything to answer. */
  readonly answer?: unknown;
}

/** One that fits the route's own schemas. */
export function exampleOf(route: Route): Example {
  const body = bodySchema(fieldsOf(route), route.method);
  const { schema, referred: definitions } = describe(route.act.output, 'output');
  const answer = sampleOf(schema, { name: '', whole: true, definitions });
  return {
    ...(body && { given: sampleOf(body, { name: '', whole: !body.required, definitions: {} }) }),
    ...(route.act.output !== done && { answer: route.lines ? Object(answer).items[0] : answer }),
  };
}

/** One route as an OpenAPI 3.1 operation, and the schemas that it refers to. */
export function operationOf(route: Route): { operation: object; referred: Described['referred'] } {
  const { act, method } = route;
  const fields = fieldsOf(route);
  const example = exampleOf(route);
  const answer = describe(act.output, 'output');
  return {
    operation: {
      operationId: operationIdOf(route),
      tags: [tagOf(route)],
      summary: act.summary,
      description: `Needs the scope \`${act.scope}\`.${act.role === 'administrator' ? ' Only for services of the whole deployment.' : ''}`,
      security: [{ [SCHEME]: [act.scope] }],
      parameters: [...fields.flatMap(parameterOf), ...(method === 'post' ? [idempotencyKey] : [])],
      ...bodyOf(fields, method, example),
      responses: { ...success(route, answer.schema, example), ...refusals(route) },
    },
    referred: answer.referred,
  };
}

/** Stable: programs are generated from it. */
export function operationIdOf({ act, lines }: Route): string {
  const [noun = '', verb = ''] = act.name.split('.');
  return `${noun}-${lines ? 'export' : verb}`;
}

/** What the operations of one thing are listed under. */
export function tagOf({ path }: Route): string {
  return path.split('/', 2)[1] ?? '';
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Names this request: sent again with the same key within 24 hours, it is not done again but answered the same.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

function parameterOf({ name, place, required, schema }: Field): readonly object[] {
  if (place === 'body') return [];
  if (place !== 'header') {
    const { description, ...rest } = schema;
    return [{ name, in: place, required: place === 'path' || required, description, schema: rest }];
  }
  const description = 'The version that was read, as `ETag` told it.';
  return [
    { name: 'If-Match', in: 'header', required, description, schema: { type: 'string', pattern: '^"\\d{1,15}"$' } },
  ];
}

function bodyOf(fields: readonly Field[], method: Route['method'], { given }: Example): object {
  const schema = bodySchema(fields, method);
  if (schema === undefined) return {};
  return {
    requestBody: {
      required: schema.required !== undefined,
      content: { 'application/json': { schema, example: given } },
    },
  };
}

function bodySchema(fields: readonly Field[], method: Route['method']): Schema | undefined {
  const inBody = fields.filter(({ place }) => place === 'body');
  if (method === 'get' || method === 'delete' || inBody.length === 0) return undefined;
  const required = inBody.filter((field) => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(inBody.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function success(route: Route, schema: Schema, { answer }: Example): object {
  if (route.act.output === done) return { 204: { description: 'Done.' } };
  if (route.lines)
    return { 200: { description: 'A JSON line for each.', content: { [LINES]: { schema: { type: 'string' } } } } };
  const content = { 'application/json': { schema, example: answer } };
  const location = { Location: { description: 'Where it is found.', schema: { type: 'string' } } };
  if (route.located) return { 201: { description: 'Made.', headers: location, content } };
  return { 200: { description: 'The answer.', content } };
}

function refusals(route: Route): object {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const entries = [...problemsOf(route)].map(([status, codes]) => {
    const description = codes.map((code) => `\`${code}\`: ${problemTypes[code].title}`).join(' ');
    return [status, { description, ...headersOf(status), content }];
  });
  return Object.fromEntries(entries);
}

function headersOf(status: number): object {
  const text = { schema: { type: 'string' } };
  if (status === 401 || status === 403) return { headers: { 'WWW-Authenticate': text } };
  return status === 429 || status === 503 ? { headers: { 'Retry-After': text } } : {};
}
