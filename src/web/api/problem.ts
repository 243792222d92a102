import { Failure, type FailureCode } from '../../domain/failure.ts';
import { type FieldFault, Refusal, type RefusalCode } from '../../flows/administration/refusal.ts';
import { failureOf } from '../failures.ts';

/** Why a request was not answered as it wished. Stable: programs go by them. */
export type ProblemCode =
  | RefusalCode
  | Exclude<FailureCode, 'interaction-expired' | 'foreign-origin'>
  | 'unauthenticated'
  | 'insufficient-scope'
  | 'version-missing'
  | 'too-many-requests'
  | 'idempotency-key-reused'
  | 'idempotency-key-in-use';

/** Status and one English line of every problem. */
export const problemTypes: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  'malformed-body': { status: 400, title: 'The body is not a JSON object that can be read.' },
  unauthenticated: { status: 401, title: 'There is no access token, or it is not good here.' },
  'insufficient-scope': { status: 403, title: 'The access token lacks the scope.' },
  forbidden: { status: 403, title: 'The service may not do this, or not to somebody with this role.' },
  unproved: { status: 403, title: 'A second factor has to be proved first.' },
  'not-found': { status: 404, title: 'There is no such thing, or it belongs to another organization.' },
  'method-not-allowed': { status: 405, title: 'The address has no such method.' },
  taken: { status: 409, title: 'Another one has this name, code or id.' },
  'last-administrator': { status: 409, title: 'It is the last administrator.' },
  'last-superuser': { status: 409, title: 'It is the last superuser of the organization.' },
  confirm: { status: 409, title: 'It has consequences that have to be agreed to: see confirm.' },
  'not-possible': { status: 409, title: 'This deployment cannot do it.' },
  waiting: { status: 409, title: 'What was asked for last time has yet to take effect.' },
  'in-use': { status: 409, title: 'Something else must take its place first.' },
  'idempotency-key-in-use': { status: 409, title: 'A request with this Idempotency-Key is under way.' },
  changed: { status: 412, title: 'Somebody else changed it since it was read.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body is not application/json.' },
  'foreign-host': { status: 421, title: 'This server does not answer for that host.' },
  invalid: { status: 422, title: 'Fields are wrong: faults says which.' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request.' },
  'version-missing': { status: 428, title: 'The version that was read has to be named in If-Match.' },
  'too-many-requests': { status: 429, title: 'The service sent too many requests: Retry-After says when to go on.' },
  internal: { status: 500, title: 'Something is wrong here.' },
  undelivered: { status: 502, title: 'The mail or message was not taken.' },
  busy: { status: 503, title: 'There is too much to do at the moment.' },
  unavailable: { status: 503, title: 'A store cannot be reached.' },
};

/** A request that the API itself turns away. */
export class ApiError extends Error {
  readonly code: ProblemCode;
  /** Response headers that go with it. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.headers = headers;
  }
}

/** What is answered to a request that ended with an error. */
export interface Problem {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly faults: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;
  /** What the log should tell of. */
  readonly cause?: unknown;
}

/** A problem for whatever was thrown. What nobody expected is `internal`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return { ...described(error.code), faults: error.faults, headers: {} };
  if (error instanceof ApiError) return { ...described(error.code), faults: [], headers: error.headers };
  const failure = failureOf(error);
  const { retryAfter } = failure;
  return {
    ...described(isKnown(failure.code) ? failure.code : 'malformed-body'),
    faults: [],
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
    ...(failure.status >= 500 && { cause: error instanceof Failure ? error.cause : error }),
  };
}

function described(code: ProblemCode) {
  return { code, ...problemTypes[code] };
}

function isKnown(code: string): code is ProblemCode {
  return Object.hasOwn(problemTypes, code);
}
