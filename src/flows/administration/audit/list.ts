import { z } from 'zod';
import { act } from '../act.ts';
import { Refusal } from '../refusal.ts';
import { id, line, pageOf, paging, time } from '../shapes/values.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const fields = z.record(z.string(), z.union([value, z.null(), z.array(value).readonly()]));

/** An event of the audit log. */
const event = z.strictObject({
  id: z.string().describe('Names the event.'),
  at: time.describe('When it happened.'),
  type: z.string().describe('What happened, with dots: `account.created`.'),
  account: z.string().describe('To whom.').exactOptional(),
  actor: z.string().describe('Who did it, where that was somebody else.').exactOptional(),
  organization: z.string().describe('Of which organization they are.').exactOptional(),
  client: z.string().describe('At or to which application.').exactOptional(),
  address: z.string().describe('From which IP address.').exactOptional(),
  requestId: z.string().describe('Names the request in the log of the server.').exactOptional(),
  details: z.record(z.string(), value).describe('What else is known.').exactOptional(),
  before: fields.describe('What was, of that which changed; secrets are left out.').exactOptional(),
  after: fields.describe('What it is since.').exactOptional(),
  seq: z.int().describe('Its place in the sealed chain; absent until it has one.').exactOptional(),
  erased: z.literal(true).describe('Whom it tells of was erased.').exactOptional(),
});

export const listEvents = act({
  name: 'audit.list',
  summary: 'Events of the audit log, the latest first: those to which everything that is asked applies.',
  role: 'administrator',
  scope: 'audit:read',
  reads: true,
  input: z.strictObject({
    ...paging,
    organization: id.nullable().describe('Of one organization; null: of none.').exactOptional(),
    account: id.describe('About one account.').exactOptional(),
    actor: id.describe('Done by one account to others.').exactOptional(),
    client: id.describe('Of one application.').exactOptional(),
    address: line(100).describe('From one IP address.').exactOptional(),
    type: line(100).describe('What the type begins with: `factor.`, `sign-in.finished`.').exactOptional(),
    from: time.describe('From this time on.').exactOptional(),
    until: time.describe('Before this time.').exactOptional(),
  }),
  output: pageOf(event),
  run: async ({ auditReading }, _actor, asked) => {
    if (auditReading === undefined) throw new Refusal('not-possible');
    const { items, ...rest } = await auditReading.page(asked);
    return { items: [...items], ...rest };
  },
});
