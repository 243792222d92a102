import type { Middleware } from 'koa';
import type { Probe } from '../domain/ports.ts';

/** `/health/live`: the process runs. */
export const live: Middleware = (ctx) => {
  ctx.state.route = 'health.live';
  ctx.body = { status: 'ok' };
};

/** `/health/ready`: everything that Sluis needs can be reached; otherwise 503 and which cannot. */
export function ready(probes: readonly Probe[]): Middleware {
  return async (ctx) => {
    ctx.state.route = 'health.ready';
    const states = await Promise.all(
      probes.map(async (probe) => [probe.name, await probe.ready().catch(() => false)] as const),
    );
    const down = states.filter(([, up]) => !up).map(([name]) => name);
    if (down.length > 0) {
      ctx.status = 503;
      ctx.set('Retry-After', '5');
    }
    ctx.set('Cache-Control', 'no-store');
    ctx.body = {
      status: down.length === 0 ? 'ok' : 'unavailable',
      checks: Object.fromEntries(states.map(([name, up]) => [name, up ? 'ok' : 'unreachable'])),
    };
  };
}
