import type { HttpApi, Reply } from './http-provider.ts';

/** A gateway of somebody's own, which knows messages by their id and answers the same again for one that it has. */
export function ownApi({ token }: { token: string }): HttpApi {
  const known = new Map<string, Reply>();
  return {
    respond({ headers, body }, take) {
      if (headers.authorization !== `Bearer ${token}`) return { status: 403, body: { status: 'forbidden' } };
      const id = String(headers['idempotency-key']);
      const before = known.get(id);
      if (before !== undefined) return before;
      const { messages } = JSON.parse(body);
      const { to, text } = messages[0];
      if (!/^\+\d{8,15}$/.test(to)) return { status: 200, body: { messages: [{ status: 'invalid' }] } };
      take({ to, text });
      const reply = { status: 200, body: { messages: [{ status: 'queued' }] } };
      known.set(id, reply);
      return reply;
    },
    throttled: { status: 429, body: '' },
    unavailable: { status: 503, body: '' },
    broken: { status: 500, body: 'oops' },
  };
}
