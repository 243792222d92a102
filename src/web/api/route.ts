import { z } from 'zod';
import type { Act } from '../../flows/administration/act.ts';
import { paging } from '../../flows/administration/shapes/values.ts';

/** An address of the API, and the act that it stands for. */
export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the API, as OpenAPI writes it: `/accounts/{id}`. */
  readonly path: string;
  readonly act: Act<Input, Output>;
  /** Of a list: answers all of it, a JSON line an item, in place of a page. */
  readonly lines?: true;
  /** Where the thing that it makes is found afterwards, below the API. */
  located?(answer: z.output<Output>): string;
}

/** Keeps the types of a route together. */
export function route<Input extends z.ZodType, Output extends z.ZodType>(
  described: Route<Input, Output>,
): Route<Input, Output> {
  return described;
}

/** A JSON schema as zod makes it. */
export type Schema = z.core.JSONSchema.BaseSchema;

/** Where a request carries a field of the act's input. The version is what `If-Match` is for. */
export type Place = 'path' | 'query' | 'header' | 'body';

export interface Field {
  readonly name: string;
  readonly place: Place;
  readonly required: boolean;
  readonly schema: Schema;
}

/** What asks for a page. */
const ofPages: readonly string[] = Object.keys(paging);

/** Every field of the act's input, and where it comes from. */
export function fieldsOf({ method, path, act, lines }: Route): readonly Field[] {
  const { properties = {}, required = [] } = z.toJSONSchema(act.input, { io: 'input' });
  const rest = method === 'get' || method === 'delete' ? 'query' : 'body';
  const placeOf = (name: string): Place => (path.includes(`{${name}}`) ? 'path' : name === 'version' ? 'header' : rest);
  const asked = Object.entries(properties).filter(([name]) => !lines || !ofPages.includes(name));
  return asked.map(([name, schema]) => ({
    name,
    place: placeOf(name),
    required: required.includes(name),
    schema: typeof schema === 'boolean' ? {} : schema,
  }));
}
