import { z } from 'zod';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { client } from '../shapes/client.ts';
import { id, version } from '../shapes/values.ts';
import { governedClient } from './governed.ts';
import { viewOf } from './view.ts';

export const endFormerSecret = act({
  name: 'client.end-former-secret',
  summary: 'Ends the secret of before at once. Does nothing where there is none.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  input: z.strictObject({ id, version }),
  output: client,
  run: async (needs, actor, named) => {
    const before = await governedClient(needs, actor, named);
    const { formerSecret, ...after } = before;
    if (formerSecret === undefined) return viewOf(needs, { value: before, version: named.version });
    if ((await needs.clients.replace(after, named.version)) === 'changed') throw new Refusal('changed');
    await note(needs, actor, { type: 'client.former-secret-ended', client: after.id });
    return viewOf(needs, { value: after, version: named.version + 1 });
  },
});
