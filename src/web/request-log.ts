import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';

declare module 'koa' {
  interface DefaultState {
    /** Names this request in the log, in the audit log and on error pages. */
    requestId: string;
    /** The route, never the address: an address carries codes and tokens. */
    route?: string;
    /** How it ended, where a status says too little: a step, or a failure code. */
    outcome?: string;
  }
}

/** One line a request: id, route, status, outcome, duration in milliseconds. Nothing that the client sent. */
export function requestLog(logger: Logger): Middleware {
  return async (ctx, next) => {
    const begun = performance.now();
    ctx.state.requestId = randomUUID();
    ctx.set('X-Request-Id', ctx.state.requestId);
    try {
      await next();
    } finally {
      const { requestId, route = 'none', outcome } = ctx.state;
      const line = { requestId, method: ctx.method, route, status: ctx.status, outcome };
      logger[ctx.status >= 500 ? 'error' : 'info']({ ...line, ms: Math.round(performance.now() - begun) }, 'request');
    }
  };
}
