import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import { Failure } from '../../domain/failure.ts';
import { problemOf } from './problem.ts';

/**
 * Answers whatever was thrown as problem details (RFC 9457), whatever the client accepts: there are no pages here.
 * @param docs address of the page that explains each code
 */
export function problems(logger: Logger, docs: string): Middleware {
  return async (ctx, next) => {
    ctx.set('Cache-Control', 'no-store');
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw new Failure('not-found', 404);
    } catch (error) {
      const { code, status, title, faults, headers, cause } = problemOf(error);
      const { requestId } = ctx.state;
      if (status >= 500) logger.error({ requestId, code, err: cause }, 'failure');
      ctx.state.outcome = code;
      ctx.status = status;
      ctx.set(headers);
      ctx.set('Content-Type', 'application/problem+json');
      const more = faults.length > 0 ? { faults } : {};
      ctx.body = JSON.stringify({ type: `${docs}#${code}`, title, status, code, ...more, requestId });
    }
  };
}
