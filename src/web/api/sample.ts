import { typesOf } from './query.ts';
import type { Schema } from './route.ts';

/** What a field of this name might hold, wherever it occurs. */
const likely: Readonly<Record<string, unknown>> = {
  id: 'k3Vd9QxT',
  organization: '7c1b0f2e',
  account: 'k3Vd9QxT',
  client: 'invoices',
  username: 'noor',
  prefix: 'no',
  name: 'Noor Bakker',
  givenName: 'Noor',
  familyName: 'Bakker',
  email: 'noor@example.com',
  to: 'noor@example.com',
  code: 'MOLEN',
  number: '+31612345678',
  masked: '+31 6 •••• ••78',
  country: 'NL',
  groups: ['finance'],
  version: 3,
  metadata: { redirect_uris: ['https://app.example.com/callback'] },
  secret: 'shown-this-once',
};

/** Of times, in milliseconds since the Unix epoch. */
const TIME = 1_830_000_000_000;
const isTime = (name: string) => /(?:At|at|From|from|until|Until)$/.test(name);

/** Where references lead to. */
export type Definitions = Readonly<Record<string, Schema | boolean>>;

/**
 * A value that fits a schema, for people who read descriptions.
 * @param whole with every field, or those alone that must be there
 */
export function sampleOf(
  schema: Schema,
  { name, whole, definitions }: { readonly name: string; readonly whole: boolean; readonly definitions: Definitions },
): unknown {
  const inside = (one: Schema | boolean | undefined, called: string) =>
    sampleOf(typeof one === 'object' ? one : {}, { name: called, whole, definitions });
  const { $ref, anyOf, enum: values, properties = {}, required = [], items } = schema;
  const [type, ...more] = typesOf(schema);
  if ($ref !== undefined) return inside(definitions[$ref.split('/').at(-1) ?? ''], name);
  if (schema.const !== undefined) return schema.const;
  if (values !== undefined) return values[0];
  if (more.includes('null') && !(name in likely)) return null;
  if (anyOf !== undefined) return inside(anyOf[0], name);
  if (fits(likely[name], type)) return likely[name];
  if (type === 'object' && Object.keys(properties).length > 0) {
    const shown = Object.entries(properties).filter(([field]) => whole || required.includes(field));
    return Object.fromEntries(shown.map(([field, one]) => [field, inside(one, field)]));
  }
  if (type === 'array')
    return schema.minItems || whole ? [inside(Array.isArray(items) ? items[0] : items, name.replace(/s$/, ''))] : [];
  if (type === 'integer' || type === 'number') return isTime(name) ? TIME : (schema.minimum ?? 1);
  if (type === 'boolean') return false;
  if (type === 'object') return {};
  if (schema.format === 'uuid') return '0b5c7a1e-4d2f-4c1b-9a57-3f6e2d1c0b9a';
  return schema.pattern === undefined ? 'text' : 'k3Vd9QxT';
}

function fits(value: unknown, type: string | undefined): boolean {
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'integer' || type === 'number';
  return value !== undefined && typeof value === type;
}
