import type { IncomingMessage } from 'node:http';
import type { Form } from '../domain/factor.ts';
import { Failure } from '../domain/failure.ts';
import { readBody } from './body.ts';

/** Largest form in bytes. Every form of ours fits many times over. */
const LARGEST = 32 * 1024;
const MOST_FIELDS = 64;

/**
 * Reads a posted form (`application/x-www-form-urlencoded`). Of a field that comes twice the last one counts.
 * @throws {Failure} `unsupported-media-type` 415, `body-too-large` 413, `malformed-body` 400
 */
export async function readForm(request: IncomingMessage): Promise<Form> {
  const text = await readBody(request, { type: 'application/x-www-form-urlencoded', largest: LARGEST });
  const fields = new URLSearchParams(text);
  if ([...fields].length > MOST_FIELDS) throw new Failure('malformed-body', 400);
  // No prototype: a field called `__proto__` or `constructor` is a field like any other.
  const form: Record<string, string> = Object.create(null);
  for (const [name, value] of fields) form[name] = value;
  return form;
}
