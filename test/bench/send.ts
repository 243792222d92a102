import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'undici';

/** One answer of a server; redirects are not followed. */
export interface Answer {
  /** What was asked for: addresses on the page are relative to it. */
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Where it redirects to. */
  readonly location?: URL;
}

const connections = new Agent({ connections: 128, pipelining: 1, keepAliveTimeout: 30_000 });

/** Sends one request: a POST when there are fields of a form, otherwise a GET. */
export async function send(
  url: URL,
  headers: Record<string, string>,
  fields?: Record<string, string>,
): Promise<Answer> {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await (fields === undefined
    ? request(url, { headers, dispatcher: connections })
    : request(url, {
        method: 'POST',
        headers: { ...headers, ...form },
        body: new URLSearchParams(fields).toString(),
        dispatcher: connections,
      }));
  const { location } = answer.headers;
  return {
    url,
    status: answer.statusCode,
    headers: answer.headers,
    text: await answer.body.text(),
    ...(typeof location === 'string' && { location: new URL(location, url) }),
  };
}
