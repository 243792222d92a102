import { z } from 'zod';
import type { Client } from '../../../domain/client.ts';
import { difference } from '../../../domain/difference.ts';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { issuedSecret } from '../shapes/client.ts';
import { id, version } from '../shapes/values.ts';
import { governedClient } from './governed.ts';
import { newSecret, secretFields } from './secret.ts';
import { viewOf } from './view.ts';

const DAY = 24 * 3_600_000;

export const rotateClientSecret = act({
  name: 'client.rotate-secret',
  summary:
    'A new secret, shown this once. The one of before is good for some days more; one from before that ends now.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  input: z.strictObject({
    id,
    version,
    overlap: z.int().min(0).max(90).default(7).describe('Days for which the secret of before is good, too.'),
  }),
  output: issuedSecret,
  run: async (needs, actor, { overlap, ...named }) => {
    const before = await governedClient(needs, actor, named);
    const { formerSecret: _ended, secret: old, ...rest } = before;
    // It proves who it is in another way.
    if (old === undefined) throw new Refusal('not-possible');
    const secret = newSecret();
    const formerSecret = { value: old, until: needs.clock.now() + overlap * DAY };
    const after: Client = { ...rest, secret, ...(overlap > 0 && { formerSecret }) };
    if ((await needs.clients.replace(after, named.version)) === 'changed') throw new Refusal('changed');
    const changes = difference(before, after, secretFields);
    await note(needs, actor, { type: 'client.secret-rotated', client: after.id, details: { overlap }, ...changes });
    return { client: viewOf(needs, { value: after, version: named.version + 1 }), secret };
  },
});
