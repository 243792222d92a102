import fc from 'fast-check';
import { CLIENT_SECRET } from '../../support/seed.ts';
import { ask } from './browser.ts';
import type { Sent } from './http.ts';
import { nasty, parameters } from './nasty.ts';
import { CALLBACK } from './target.ts';

const FORM = 'application/x-www-form-urlencoded';

/** A sign-in that stands at some step: its address, the browser's cookies, and what its form would post. */
export interface Seat {
  readonly path: string;
  readonly cookie: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Any request at any address, some of them nearly right: at a sign-in under way, with its form, as an application that exists. */
export function requests(origin: string, routes: readonly string[], seats: readonly Seat[]): fc.Arbitrary<Sent> {
  const text = nasty();
  const fields = fc.dictionary(fc.oneof(parameters(), text), text, { maxKeys: 8 });
  const parts = fc.record({
    method: fc.oneof(fc.constantFrom('GET', 'POST'), fc.constantFrom('GET', 'POST', ...otherMethods)),
    seat: fc.option(fc.constantFrom(...seats), { freq: 2, nil: undefined }),
    path: paths(routes, text),
    sensible: fc.boolean(),
    query: fields,
    form: fields,
    body: fc.option(fc.oneof(text, fc.json()), { freq: 4, nil: undefined }),
    type: types,
    headers: fc.dictionary(fc.constantFrom(...headerNames), text.map(latin), { maxKeys: 4 }),
    authorization: fc.option(authorizations(text), { nil: undefined }),
    accept: fc.constantFrom('text/html', 'application/json', '*/*'),
  });
  return parts.map(({ method, seat, path, sensible, query, form, body, type, headers, authorization, accept }) => {
    const asked = new URLSearchParams({ ...(sensible && ask().query), ...query });
    const posted = {
      ...(sensible && { ...seat?.form, grant_type: 'authorization_code', redirect_uri: CALLBACK }),
      ...form,
    };
    return {
      method,
      path: `${seat?.path ?? path}${asked.size > 0 ? `?${asked}` : ''}`,
      headers: {
        origin,
        accept,
        'content-type': type,
        ...(seat && { cookie: seat.cookie }),
        ...(authorization !== undefined && { authorization }),
        ...headers,
      },
      ...(method !== 'GET' && method !== 'HEAD' && { body: body ?? `${new URLSearchParams(posted)}` }),
    };
  });
}

const otherMethods = ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'SEARCH', 'M-SEARCH'];

const types = fc.oneof(
  { weight: 4, arbitrary: fc.constant(FORM) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      `${FORM}; charset=utf-16`,
      `${FORM}; charset=nope`,
    ),
  },
);

const headerNames = [
  ...[
    'accept',
    'accept-language',
    'accept-encoding',
    'content-encoding',
    'cookie',
    'if-none-match',
    'range',
    'referer',
  ],
  ...['user-agent', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'dpop', 'sec-fetch-site'],
  ...['access-control-request-method', 'upgrade-insecure-requests', 'x-http-method-override'],
];

function paths(routes: readonly string[], text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const made = text.map((part) => `/${encodeURIComponent(part)}`);
  const start = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...routes) }, { weight: 1, arbitrary: made });
  return fc.tuple(start, fc.constantFrom('', '', '', '/', '//', '/%', '/x')).map((parts) => parts.join(''));
}

function authorizations(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const basic = (client: string) => `Basic ${Buffer.from(`${client}:${CLIENT_SECRET}`).toString('base64')}`;
  const broken = fc.tuple(fc.constantFrom('Basic', 'Bearer', 'DPoP', 'Negotiate', ''), text.map(latin));
  return fc.oneof(
    fc.constantFrom(basic('web'), basic('robot')),
    broken.map((parts) => parts.join(' ')),
  );
}

/** What Node lets through in a header. */
function latin(text: string): string {
  return [...text]
    .filter((character) => /[\t\x20-\x7e\x80-\xff]/.test(character))
    .join('')
    .slice(0, 2_000);
}
