import type { Middleware } from 'koa';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Goes before what answers. */
  readonly count: Middleware;
  readonly answer: Middleware;
}

/** Counts requests by route and status, and answers `/metrics` in the format of Prometheus. No label ever holds what a client sent. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'sluis_requests_total',
    help: 'Requests answered',
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'sluis_request_duration_seconds',
    help: 'Time until a request was answered',
    labelNames: ['route'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    async count(ctx, next) {
      const begun = performance.now();
      try {
        await next();
      } finally {
        const route = ctx.state.route ?? 'none';
        requests.inc({ method: ctx.method, route, status: ctx.status });
        seconds.observe({ route }, (performance.now() - begun) / 1000);
      }
    },
    async answer(ctx) {
      ctx.state.route = 'metrics';
      ctx.type = registry.contentType;
      ctx.body = await registry.metrics();
    },
  };
}
