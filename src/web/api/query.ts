import { type FieldFault, Refusal } from '../../flows/administration/refusal.ts';
import type { Given } from './json.ts';
import type { Field, Schema } from './route.ts';

/**
 * Reads the fields that come in the query, by the types that they have.
 * @param search without the question mark
 * @throws {Refusal} `invalid`: a parameter that the route does not have, or one too often
 */
export function readQuery(search: string, fields: readonly Field[]): Given {
  const query = new URLSearchParams(search);
  const known = fields.filter(({ place }) => place === 'query');
  const faults = [...new Set(query.keys())].flatMap((name): FieldFault[] => {
    const field = known.find((one) => one.name === name);
    if (field === undefined) return [{ field: /^\w{1,40}$/.test(name) ? name : '?', reason: 'unknown-field' }];
    const values = query.getAll(name);
    const isWrong = (values.length > 1 && !typesOf(field.schema).includes('array')) || values.some(isUnstorable);
    return isWrong ? [{ field: name, reason: 'malformed' }] : [];
  });
  if (faults.length > 0) throw new Refusal('invalid', faults);
  const given = known.filter(({ name }) => query.has(name));
  return Object.fromEntries(given.map(({ name, schema }) => [name, readValue(query.getAll(name), schema)]));
}

function readValue(values: readonly string[], schema: Schema): unknown {
  if (!typesOf(schema).includes('array')) return typed(values[0] ?? '', schema);
  const { items } = schema;
  return values.map((value) => typed(value, typeof items === 'object' && !Array.isArray(items) ? items : {}));
}

/** What is no value of its type stays text, which the act refuses. */
function typed(text: string, schema: Schema): unknown {
  const types = typesOf(schema);
  if ((types.includes('integer') || types.includes('number')) && /^-?\d{1,16}$/.test(text)) return Number(text);
  // Nothing after the equals sign is null, where that is a value.
  if (types.includes('null') && text === '') return null;
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** The types that a schema allows. */
export function typesOf({ type, anyOf = [] }: Schema): readonly string[] {
  return [type ?? [], ...anyOf.map((one) => typesOf(one))].flat();
}

function isUnstorable(value: string): boolean {
  return value.includes('\0');
}
