import type { Schema } from './route.ts';
import type { Described } from './schemas.ts';
import { typeOf } from './type-of.ts';

/** A field of an answer, as people read of it. */
export interface Answered {
  /** With dots where it lies deeper; `[]` stands for each of a list. */
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** Every field of an answer, those of what it refers to among them. */
export function answeredFields({ schema, referred }: Described): readonly Answered[] {
  return below(schema, '', referred);
}

function below(schema: Schema, path: string, referred: Described['referred']): readonly Answered[] {
  const { properties = {}, items, anyOf = [] } = found(schema, referred);
  const own = Object.entries(properties).flatMap(([field, value]) => {
    const name = path === '' ? field : `${path}.${field}`;
    const one = typeof value === 'object' ? value : {};
    const { description = '' } = { ...found(one, referred), ...one };
    return [{ name, type: typeOf(found(one, referred)), description }, ...below(one, name, referred)];
  });
  const each = typeof items === 'object' && !Array.isArray(items) ? below(items, `${path}[]`, referred) : [];
  return [...own, ...each, ...anyOf.flatMap((one) => (typeof one === 'object' ? below(one, path, referred) : []))];
}

function found(schema: Schema, referred: Described['referred']): Schema {
  return referred[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
}
