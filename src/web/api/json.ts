import type { IncomingMessage } from 'node:http';
import { Failure } from '../../domain/failure.ts';
import { readBody } from '../body.ts';

/** Largest body in bytes: an organization's texts and a client's keys fit many times over. */
const LARGEST = 64 * 1024;

/** Values in values: what nests deeper means nothing here, and breaks whoever walks through it. */
const DEEPEST = 16;

/** What was asked for, by name. */
export type Given = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON object. No body at all is an empty one.
 * @throws {Failure} `unsupported-media-type` 415, `body-too-large` 413, `malformed-body` 400
 */
export async function readJson(request: IncomingMessage): Promise<Given> {
  if (!hasBody(request)) return {};
  const text = await readBody(request, { type: 'application/json', largest: LARGEST });
  const value = parse(text);
  if (!isObject(value) || !isSound(value, DEEPEST)) throw new Failure('malformed-body', 400);
  return value;
}

/** RFC 9112, section 6: a request without either header has no body. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('malformed-body', 400);
  }
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** No name that means something to JavaScript, no character that databases cannot store, and not too deep. */
function isSound(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(
    ([name, one]) => name !== '__proto__' && !name.includes('\0') && isSound(one, depth - 1),
  );
}
