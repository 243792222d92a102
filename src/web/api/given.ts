import type { Context } from 'koa';
import { invalid, Refusal } from '../../flows/administration/refusal.ts';
import { type Given, readJson } from './json.ts';
import { ApiError } from './problem.ts';
import { readQuery } from './query.ts';
import type { Field } from './route.ts';

/**
 * What a request asks of its act, unchecked. What the address or a header says cannot be said again in the body.
 * @throws {Failure | Refusal | ApiError}
 */
export async function givenBy(ctx: Context, fields: readonly Field[]): Promise<Given> {
  const takesBody = ctx.method !== 'GET' && ctx.method !== 'HEAD' && ctx.method !== 'DELETE';
  const query = readQuery(ctx.querystring, fields);
  const body = takesBody ? await readJson(ctx.req) : {};
  const foreign = fields.filter(({ name, place }) => place !== 'body' && Object.hasOwn(body, name));
  if (foreign.length > 0) {
    throw new Refusal(
      'invalid',
      foreign.map(({ name: field }) => ({ field, reason: 'unknown-field' })),
    );
  }
  const inPath = fields.filter(({ place }) => place === 'path').map(({ name }) => [name, ctx.params[name]]);
  return { ...query, ...body, ...Object.fromEntries(inPath), ...versionOf(ctx.get('if-match'), fields) };
}

/** `If-Match` names the version that was read, as `ETag` told it (RFC 9110, section 13.1.1). */
function versionOf(header: string, fields: readonly Field[]): Given {
  const version = fields.find(({ place }) => place === 'header');
  if (version === undefined) return {};
  if (header === '') {
    if (version.required) throw new ApiError('version-missing');
    return {};
  }
  const [, number] = /^"(\d{1,15})"$/.exec(header) ?? [];
  if (number === undefined) throw invalid('If-Match', 'malformed');
  return { version: Number(number) };
}
