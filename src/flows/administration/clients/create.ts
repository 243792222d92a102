import { randomUUID } from 'node:crypto';
import type { Client } from '../../../domain/client.ts';
import { difference } from '../../../domain/difference.ts';
import { isOwnPage } from '../../../domain/own-page.ts';
import { usesSecret } from '../../clients/contradictions.ts';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { taken } from '../refusal.ts';
import { clientFields, clientKind, issuedSecret } from '../shapes/client.ts';
import { id } from '../shapes/values.ts';
import { entering } from './entered.ts';
import { checkGrants } from './governed.ts';
import { newSecret, secretFields } from './secret.ts';
import { viewOf } from './view.ts';

export const createClient = act({
  name: 'client.create',
  summary: 'A new application. Its secret, where it has one, is made here and shown this once.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  input: clientFields
    .partial()
    .required({ name: true })
    .extend({
      kind: clientKind,
      id: id
        .refine((value) => !isOwnPage(value), 'reserved')
        .describe('The `client_id`; made up where it is not given.')
        .exactOptional(),
    }),
  output: issuedSecret,
  run: async (needs, actor, { kind, id: wanted = randomUUID(), ...entered }) => {
    const blank = { id: wanted, name: entered.name, metadata: {}, firstParty: false, pkceRequired: true, kind };
    const checked = await entering(needs, blank, entered);
    const secret = usesSecret(checked.metadata) ? newSecret() : undefined;
    const made: Client = { ...checked, ...(secret !== undefined && { secret }) };
    checkGrants(actor, made);
    if (!(await needs.clients.add(made))) throw taken('id');
    await note(needs, actor, { type: 'client.created', client: made.id, ...difference({}, made, secretFields) });
    return { client: viewOf(needs, { value: made, version: 1 }), secret: secret ?? null };
  },
});
