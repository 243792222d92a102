import { z } from 'zod';
import { act } from '../act.ts';
import { Refusal } from '../refusal.ts';
import { id, line, pageOf, paging, time } from '../shapes/values.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const fields = z.record(z.string(), z.union([value, z.null(), z.array(value).readonly()]));

/** An event of the audit log. */
const event = z.strictObject({
  id: z.string(),
  at: time,
  type: z.string(),
  account: z.string().exactOptional(),
  actor: z.string().exactOptional(),
  organization: z.string().exactOptional(),
  client: z.string().exactOptional(),
  address: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  details: z.record(z.string(), value).exactOptional(),
  before: fields.exactOptional(),
  after: fields.exactOptional(),
  seq: z.int().exactOptional(),
  erased: z.literal(true).exactOptional(),
});

export const listEvents = act({
  name: 'audit.list',
  summary: 'Events of the audit log, the latest first: those to which everything that is asked applies.',
  role: 'administrator',
  scope: 'audit:read',
  reads: true,
  input: z.strictObject({
    ...paging,
    organization: id.nullable().exactOptional(),
    account: id.exactOptional(),
    actor: id.exactOptional(),
    client: id.exactOptional(),
    address: line(100).exactOptional(),
    /** What the type begins with: `factor.`, `sign-in.finished`. */
    type: line(100).exactOptional(),
    from: time.exactOptional(),
    /** Before this time. */
    until: time.exactOptional(),
  }),
  output: pageOf(event),
  run: async ({ auditReading }, _actor, asked) => {
    if (auditReading === undefined) throw new Refusal('not-possible');
    const { items, ...rest } = await auditReading.page(asked);
    return { items: [...items], ...rest };
  },
});
