/** Codes are stable: relying parties, tests and texts refer to them. Each has a text `failure.<code>` in every language. */
export type FailureCode =
  | 'not-found'
  | 'forbidden'
  | 'interaction-expired'
  | 'foreign-origin'
  | 'foreign-host'
  | 'malformed-body'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'method-not-allowed'
  | 'busy'
  | 'unavailable'
  | 'internal';

/** Something that ends a request, with the HTTP status to answer. Never carries what the client sent. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly status: number;
  /** Seconds for `Retry-After` (RFC 9110, section 10.2.3). */
  readonly retryAfter?: number;

  constructor(code: FailureCode, status: number, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.status = status;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }
}

/** Too much slow work waits already. */
export function busy(): Failure {
  return new Failure('busy', 503, { retryAfter: 2 });
}

/** A store cannot be reached. Nobody gets in meanwhile. */
export function unavailable(cause: unknown): Failure {
  return new Failure('unavailable', 503, { cause, retryAfter: 5 });
}
