import { type ProblemCode, problemTypes } from './problem.ts';
import { fieldsOf, type Route } from './route.ts';

/** The problem schema (RFC 9457), for the description. */
export const problemSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri', description: 'Explains the code.' },
    title: { type: 'string', description: 'The code in words.' },
    status: { type: 'integer', description: 'As of the answer itself.' },
    code: { type: 'string', description: 'Stable: go by this one.', enum: Object.keys(problemTypes) },
    faults: {
      type: 'array',
      description: 'What is wrong with which field.',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string', description: 'Which, with dots where it lies deeper.' },
          reason: { type: 'string', description: 'A stable word.' },
        },
        required: ['field', 'reason'],
        additionalProperties: false,
      },
    },
    requestId: { type: 'string', description: 'Names the request in the log.' },
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
  additionalProperties: false,
} as const;

/** The codes that a route may answer with, by status. */
export function problemsOf(route: Route): ReadonlyMap<number, readonly ProblemCode[]> {
  const fields = fieldsOf(route);
  const at = (place: string) => fields.some((field) => field.place === place);
  const { method, act } = route;
  const writes = method === 'post' || method === 'put' || method === 'patch';
  const codes: ProblemCode[] = [
    ...(writes ? (['malformed-body', 'body-too-large', 'unsupported-media-type'] as const) : []),
    ...(['unauthenticated', 'insufficient-scope', 'forbidden', 'foreign-host', 'invalid'] as const),
    ...(['too-many-requests', 'internal', 'busy', 'unavailable', 'not-found'] as const),
    ...(at('header') ? (['version-missing', 'changed'] as const) : []),
    ...(act.reads ? [] : (['taken', 'last-administrator', 'last-superuser', 'confirm', 'undelivered'] as const)),
    ...(act.reads ? [] : (['waiting', 'in-use'] as const)),
    'not-possible',
    ...(method === 'post' ? (['idempotency-key-in-use', 'idempotency-key-reused'] as const) : []),
  ];
  return byStatus(codes);
}

function byStatus(codes: readonly ProblemCode[]): ReadonlyMap<number, readonly ProblemCode[]> {
  const found = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problemTypes[code];
    found.set(status, [...(found.get(status) ?? []), code]);
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}
