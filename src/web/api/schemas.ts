import { z } from 'zod';
import { names } from './names.ts';
import type { Schema } from './route.ts';

/** Schemas of JSON, with what they refer to in a place that an OpenAPI document has for it. */
export interface Described {
  readonly schema: Schema;
  /** By name. */
  readonly referred: Readonly<Record<string, Schema>>;
}

/**
 * A zod schema as OpenAPI 3.1 writes it, which is JSON Schema 2020-12.
 * @param io what a sender may write, or what a receiver may rely on
 */
export function describe(schema: z.ZodType, io: 'input' | 'output'): Described {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io, metadata: names, override: inWords });
  const { $defs: referred = {}, ...own } = moved(made);
  return { schema: own, referred };
}

function inWords({
  zodSchema,
  jsonSchema,
}: {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: Schema;
}): void {
  const description = z.globalRegistry.get(zodSchema)?.description;
  if (description !== undefined) jsonSchema.description = description;
  withoutNoise(jsonSchema);
}

/** The bounds of what JavaScript can count say nothing about an API. */
function withoutNoise(jsonSchema: Schema): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** With references into `components`. */
function moved(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
