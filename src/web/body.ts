import type { IncomingMessage } from 'node:http';
import { Failure } from '../domain/failure.ts';

/** What a route takes. */
export interface Taken {
  /** Media type, in lower case. */
  readonly type: string;
  /** Bytes. */
  readonly largest: number;
}

/**
 * Reads a body as text.
 * @throws {Failure} `unsupported-media-type` 415, `body-too-large` 413, `malformed-body` 400
 */
export async function readBody(request: IncomingMessage, { type, largest }: Taken): Promise<string> {
  const sent = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (sent !== type) throw new Failure('unsupported-media-type', 415);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Failure('unsupported-media-type', 415);
  if (request.readableEnded) throw new Error('the body was read before: mount Sluis in front of body parsers');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > largest) throw new Failure('body-too-large', 413);
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    // A connection that broke off half-way, or bytes that are no text.
    throw error instanceof Failure ? error : new Failure('malformed-body', 400);
  }
}
