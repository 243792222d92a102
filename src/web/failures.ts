import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { Failure, type FailureCode } from '../domain/failure.ts';

/**
 * Turns whatever was thrown into an answer with a stable code. What nobody expected is a 500 that says nothing but its request id;
 * the log gets the error's name and stack, the visitor never does.
 *
 * @param show renders the page for a browser; everything else gets JSON
 */
export function failures(logger: Logger, show: (ctx: Context, failure: Failure) => Promise<string>): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw new Failure('not-found', 404);
    } catch (error) {
      const failure = failureOf(error);
      const { requestId } = ctx.state;
      if (failure.status >= 500) logger.error({ requestId, code: failure.code, err: failure.cause }, 'failure');
      ctx.state.outcome = failure.code;
      ctx.status = failure.status;
      ctx.set('Cache-Control', 'no-store');
      if (failure.retryAfter !== undefined) ctx.set('Retry-After', String(failure.retryAfter));
      if (ctx.accepts('json', 'html') !== 'html') {
        ctx.body = { error: failure.code, request_id: requestId };
        return;
      }
      ctx.type = 'html';
      ctx.body = await show(ctx, failure);
    }
  };
}

/** A failure for whatever was thrown: what nobody expected is `internal`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Failure(codes[status] ?? 'malformed-body', status);
  }
  return new Failure('internal', 500, { cause: error });
}

const codes: Readonly<Record<number, FailureCode>> = {
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};
