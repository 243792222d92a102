import { Readable } from 'node:stream';
import { listEvents } from '../../flows/administration/audit/list.ts';
import { present } from './present.ts';
import type { Visit } from './visit.ts';

const fields = ['type', 'account', 'actor', 'client', 'organization', 'address', 'from', 'until'] as const;
const DAY = 86_400_000;
/** Events that are read at once for a file. */
const AT_ONCE = 200;

/** What happened, the latest first. */
export async function showAudit(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const filter = typedIn(visit);
  const { after } = ctx.query;
  const given = { ...asked(filter), ...(typeof after === 'string' && { after }) };
  const { items, next } = await needs.administration.perform(listEvents, { actor, given });
  const query = new URLSearchParams(filter);
  const more = next === undefined ? {} : { next: `?${new URLSearchParams({ ...filter, after: next })}` };
  present(visit, 'admin/audit', {
    section: 'audit',
    events: { items, filter, query: query.size === 0 ? '' : `?${query}`, ...more },
  });
}

/** The same as a file of JSON lines, the latest first: sent as it is read. */
export async function downloadEvents(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const given = asked(typedIn(visit));
  async function* lines() {
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const wanted = { ...given, limit: AT_ONCE, ...(after !== undefined && { after }) };
      const { items, next } = await needs.administration.perform(listEvents, { actor, given: wanted });
      for (const item of items) yield `${JSON.stringify(item)}\n`;
      after = next;
    }
  }
  ctx.attachment('audit.jsonl');
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'application/jsonl';
  ctx.body = Readable.from(lines());
}

/** What somebody looks for, as they typed it. */
function typedIn({ ctx }: Visit): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((name) => {
      const value = ctx.query[name];
      return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
    }),
  );
}

/** The same as the act asks for it; the last day counts as a whole. */
function asked({ from, until, ...rest }: Readonly<Record<string, string>>): object {
  return {
    ...rest,
    ...(from !== undefined && { from: Date.parse(from) }),
    ...(until !== undefined && { until: Date.parse(until) + DAY }),
  };
}
