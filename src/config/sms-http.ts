import { z } from 'zod';
import { hasScheme } from './addresses.ts';
import { choice, flag, list, section, text, textWhich, whole } from './kinds.ts';

const names = ['to', 'digits', 'text', 'id', 'secret'];
const expectedNames = 'no other names in braces than {to}, {digits}, {text}, {id} and {secret}';

/** A value fits anywhere after the host: there it is encoded. */
const url = textWhich(
  `an http or https URL with names in braces after its host alone; ${expectedNames}`,
  (value) =>
    hasScheme(value, ['http', 'https']) && /^https?:\/\/[^{}/?#]+([/?#]|$)/.test(value) && hasKnownNames(value),
);

/** A message has line breaks, which end a header. */
const header = textWhich(
  `a header of one line; ${expectedNames}, and {text} not at all`,
  (value) => /^[\t\x20-\x7e]*$/.test(value) && hasKnownNames(value) && !value.includes('{text}'),
);

/** What a provider gave to prove who asks. Printable ASCII, because it goes into headers. */
export const secret = (longest: number) => {
  const expected = 'the secret that the provider gave, on one line';
  return text(expected, longest).refine((value) => /^[\x20-\x7e]*$/.test(value), expected);
};

const body = z
  .record(z.string(), z.json(), 'an object')
  .refine((value) => textsIn(value).every(hasKnownNames), expectedNames)
  .transform(frozen);

/** A gateway described here. Names in braces stand for what differs from message to message. */
export const smsHttp = section({
  url,
  method: choice(['GET', 'POST', 'PUT']).default('POST'),
  headers: z
    .record(
      textWhich('the name of a header', (name) => /^[\w-]+$/.test(name)),
      header,
      'an object with texts',
    )
    .readonly()
    .prefault({}),
  /** How `body` is written. */
  format: choice(['json', 'form']).default('json'),
  body: body.exactOptional(),
  /** Secret. What `{secret}` stands for. */
  secret: secret(2_000).exactOptional(),
  success: section({
    statuses: list(whole(200, 299)).prefault([200, 201, 202]),
    /** Where in a JSON answer to look as well: `messages.0.status`. */
    path: text('a path like "messages.0.status"').exactOptional(),
    equals: textWhich('a text', () => true).exactOptional(),
  }).prefault({}),
  /** The provider sends a message with an id that it has seen no second time. */
  idempotent: flag().default(false),
}).check(({ value, issues }) => {
  const complain = (path: string[], message: string) => issues.push({ code: 'custom', path, message, input: value });
  const texts = [value.url, ...Object.values(value.headers), ...textsIn(value.body ?? {})];
  const isFlat = Object.values(value.body ?? {}).every((one) => typeof one !== 'object' || one === null);
  if (value.format === 'form' && !isFlat) complain(['body'], 'texts alone, for a form');
  if (value.method === 'GET' && value.body !== undefined) complain(['body'], 'none, with the method GET');
  if (!texts.some((one) => /\{(to|digits)\}/.test(one))) complain(['body'], 'the number somewhere: {to} or {digits}');
  if (!texts.some((one) => one.includes('{text}'))) complain(['body'], 'the message somewhere: {text}');
  if (value.idempotent && !texts.some((one) => one.includes('{id}'))) complain(['idempotent'], 'false, without {id}');
  if (value.secret === undefined && texts.some((one) => one.includes('{secret}')))
    complain(['secret'], 'a secret for {secret}');
  if ((value.success.path === undefined) !== (value.success.equals === undefined)) {
    complain(['success', 'equals'], 'a path and a value, or neither');
  }
});

function hasKnownNames(template: string): boolean {
  return [...template.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => names.includes(name));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
