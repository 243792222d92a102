import type { TextMessage } from '../../domain/ports.ts';
import type { Carrier, Outcome } from './carrier.ts';
import { exchange, type HttpAnswer, type HttpParts, type HttpRequest } from './http-exchange.ts';
import { failureOf } from './http-failure.ts';
import { fill, fillAll, type Template, type Values } from './template.ts';
import { valueAt } from './value-at.ts';

/**
 * A gateway described in the configuration. Texts may name `{to}` (E.164), `{digits}` (the same without +), `{text}`, `{id}` and
 * `{secret}`; each value is encoded for the place that it goes to.
 */
export interface HttpSettings {
  /** Names stand after the host alone. */
  readonly url: string;
  readonly method: HttpRequest['method'];
  /** `{text}` cannot stand in a header. */
  readonly headers: Readonly<Record<string, string>>;
  /** How `body` is written. A form has texts alone. */
  readonly format: 'json' | 'form';
  readonly body?: { readonly [name: string]: Template };
  readonly secret?: string;
  readonly success: {
    readonly statuses: readonly number[];
    /** Where in a JSON answer to look as well, and for what: `messages.0.status`. */
    readonly path?: string;
    readonly equals?: string;
  };
  /** The gateway sends a message with an id that it has seen no second time: it may be asked again when it did not answer. */
  readonly idempotent: boolean;
}

const contentTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

export function http(settings: HttpSettings, parts: HttpParts): Carrier {
  return {
    name: 'http',
    idempotent: settings.idempotent,
    async attempt(message) {
      const answer = await exchange(requestFor(settings, message), parts);
      return 'taken' in answer ? answer : outcomeOf(answer, settings.success);
    },
  };
}

function requestFor(settings: HttpSettings, { to, text, id }: TextMessage): HttpRequest {
  const { url, method, format, body, secret = '' } = settings;
  const values = { to, digits: to.slice(1), text, id, secret };
  const headers = Object.fromEntries(
    Object.entries(settings.headers).map(([name, value]) => [name.toLowerCase(), fill(value, values)]),
  );
  return {
    url: fill(url, values, encodeURIComponent),
    method,
    headers: body === undefined ? headers : { 'content-type': contentTypes[format], ...headers },
    ...(body !== undefined && { body: written(body, format, values) }),
  };
}

function written(body: { readonly [name: string]: Template }, format: HttpSettings['format'], values: Values): string {
  if (format === 'json') return JSON.stringify(fillAll(body, values));
  const fields = Object.entries(body).map(([name, value]): [string, string] => [name, fill(String(value), values)]);
  return new URLSearchParams(fields).toString();
}

function outcomeOf(answer: HttpAnswer, { statuses, path, equals }: HttpSettings['success']): Outcome {
  const { status, body } = answer;
  if (!statuses.includes(status)) return failureOf(answer);
  if (path === undefined) return { taken: true };
  const found = valueAt(body, path);
  if (found === undefined) return { taken: false, reason: 'unknown', detail: `HTTP ${status} answer not understood` };
  if (String(found) === equals) return { taken: true };
  return { taken: false, reason: 'refused', detail: `HTTP ${status} not the value of a success` };
}
