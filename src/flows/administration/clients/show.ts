import { z } from 'zod';
import { act } from '../act.ts';
import { client } from '../shapes/client.ts';
import { id } from '../shapes/values.ts';
import { foundClient } from './governed.ts';
import { viewOf } from './view.ts';

export const showClient = act({
  name: 'client.show',
  summary: 'One application, without its secret.',
  role: 'administrator',
  scope: 'clients:read',
  reads: true,
  input: z.strictObject({ id }),
  output: client,
  run: async (needs, _actor, { id: wanted }) => viewOf(needs, await foundClient(needs, wanted)),
});
