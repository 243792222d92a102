import type { Client } from '../../../domain/client.ts';
import { difference } from '../../../domain/difference.ts';
import { usesSecret } from '../../clients/contradictions.ts';
import { kindOf } from '../../clients/kind.ts';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { clientFields, issuedSecret } from '../shapes/client.ts';
import { id, version } from '../shapes/values.ts';
import { entering } from './entered.ts';
import { checkGrants, governedClient } from './governed.ts';
import { newSecret, secretFields } from './secret.ts';
import { viewOf } from './view.ts';

export const changeClient = act({
  name: 'client.change',
  summary:
    'Changes what is given; an application stays of its kind. One that begins to use a secret is shown it this once.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  input: clientFields.partial().extend({ id, version }),
  output: issuedSecret,
  run: async (needs, actor, { id: wanted, version: seen, ...entered }) => {
    const before = await governedClient(needs, actor, { id: wanted, version: seen });
    const checked = await entering(needs, { ...before, kind: kindOf(before) }, entered);
    checkGrants(actor, checked);
    const { client: after, secret } = withFittingSecret(checked);
    if ((await needs.clients.replace(after, seen)) === 'changed') throw new Refusal('changed');
    const changes = difference(before, after, secretFields);
    await note(needs, actor, { type: 'client.changed', client: after.id, ...changes });
    return { client: viewOf(needs, { value: after, version: seen + 1 }), secret: secret ?? null };
  },
});

/** The way in which an application proves who it is may have changed: a secret that serves nothing goes. */
function withFittingSecret(client: Client): { readonly client: Client; readonly secret?: string } {
  const { secret, formerSecret: _former, ...rest } = client;
  if (!usesSecret(client.metadata)) return { client: rest };
  if (secret !== undefined) return { client };
  const made = newSecret();
  return { client: { ...rest, secret: made }, secret: made };
}
