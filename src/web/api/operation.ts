import { done } from '../../flows/administration/shapes/values.ts';
import type { Example } from './examples.ts';
import { problemTypes } from './problem.ts';
import { problemsOf } from './responses.ts';
import { type Field, fieldsOf, type Route, type Schema } from './route.ts';
import { type Described, describe } from './schemas.ts';

const SCHEME = 'service';

/** One route as an OpenAPI 3.1 operation, and the schemas that it refers to. */
export function operationOf(
  route: Route,
  example: Example = {},
): { operation: object; referred: Described['referred'] } {
  const { act, method } = route;
  const fields = fieldsOf(route);
  const answer = describe(act.output, 'output');
  const [noun = '', verb = ''] = act.name.split('.');
  return {
    operation: {
      operationId: `${noun}-${verb}`,
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
  if (place !== 'header') return [{ name, in: place, required: place === 'path' || required, schema }];
  const description = 'The version that was read, as `ETag` told it.';
  return [
    { name: 'If-Match', in: 'header', required, description, schema: { type: 'string', pattern: '^"\\d{1,15}"$' } },
  ];
}

function bodyOf(fields: readonly Field[], method: Route['method'], { given }: Example): object {
  const inBody = fields.filter(({ place }) => place === 'body');
  if (method === 'get' || method === 'delete' || inBody.length === 0) return {};
  const required = inBody.filter((field) => field.required).map(({ name }) => name);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(inBody.map((field) => [field.name, field.schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  const content = { 'application/json': { schema, ...(given !== undefined && { example: given }) } };
  return { requestBody: { required: required.length > 0, content } };
}

function success(route: Route, schema: Schema, { answer }: Example): object {
  if (route.act.output === done) return { 204: { description: 'Done.' } };
  const content = { 'application/json': { schema, ...(answer !== undefined && { example: answer }) } };
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
  return status === 503 ? { headers: { 'Retry-After': text } } : {};
}
