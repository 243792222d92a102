import { z } from 'zod';
import { act } from '../act.ts';
import { clientSummary } from '../shapes/client.ts';
import { pageOf, paging, prefix } from '../shapes/values.ts';
import { summaryOf } from './view.ts';

export const listClients = act({
  name: 'client.list',
  summary: 'Applications by name.',
  role: 'administrator',
  scope: 'clients:read',
  reads: true,
  input: z.strictObject({ ...paging, prefix: prefix.exactOptional() }),
  output: pageOf(clientSummary),
  run: async ({ clients }, _actor, asked) => {
    const { items, ...rest } = await clients.page(asked);
    return { items: items.map(summaryOf), ...rest };
  },
});
