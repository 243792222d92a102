import type { IncomingMessage } from 'node:http';
import type { Form } from '../domain/factor.ts';
import { Failure } from '../domain/failure.ts';

/** Largest form in bytes. Every form of ours fits many times over. */
const LARGEST = 32 * 1024;
const MOST_FIELDS = 64;

/**
 * Reads a posted form (`application/x-www-form-urlencoded`). Of a field that comes twice the last one counts.
 * @throws {Failure} `unsupported-media-type` 415, `body-too-large` 413, `malformed-body` 400
 */
export async function readForm(request: IncomingMessage): Promise<Form> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new Failure('unsupported-media-type', 415);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Failure('unsupported-media-type', 415);
  if (request.readableEnded) throw new Error('the body was read before: mount Sluis in front of body parsers');
  const fields = new URLSearchParams(await readText(request));
  if ([...fields].length > MOST_FIELDS) throw new Failure('malformed-body', 400);
  // No prototype: a field called `__proto__` or `constructor` is a field like any other.
  const form: Record<string, string> = Object.create(null);
  for (const [name, value] of fields) form[name] = value;
  return form;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > LARGEST) throw new Failure('body-too-large', 413);
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    // A connection that broke off half-way, or bytes that are no text.
    throw error instanceof Failure ? error : new Failure('malformed-body', 400);
  }
}
