import { z } from 'zod';
import { difference } from '../../../domain/difference.ts';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { done, id, version } from '../shapes/values.ts';
import { governedClient } from './governed.ts';
import { secretFields } from './secret.ts';

export const removeClient = act({
  name: 'client.remove',
  summary: 'Removes an application. Nobody signs in at it any more, and its tokens are good for nothing.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  input: z.strictObject({ id, version }),
  output: done,
  run: async (needs, actor, named) => {
    const before = await governedClient(needs, actor, named);
    if (!(await needs.clients.remove(before.id, named.version))) throw new Refusal('changed');
    await note(needs, actor, { type: 'client.removed', client: before.id, ...difference(before, {}, secretFields) });
    return {};
  },
});
