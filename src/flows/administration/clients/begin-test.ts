import { z } from 'zod';
import type { Client } from '../../../domain/client.ts';
import { kindOf } from '../../clients/kind.ts';
import { act } from '../act.ts';
import { Refusal } from '../refusal.ts';
import { clientTest } from '../shapes/client.ts';
import { id } from '../shapes/values.ts';
import { foundClient } from './governed.ts';

export const beginClientTest = act({
  name: 'client.begin-test',
  summary: 'Begins to try a sign-in at an application: the whole flow, which ends at the console.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  inBrowser: true,
  input: z.strictObject({
    id,
    /** Beside `openid`. All of it has to fit in a cookie. */
    scopes: z.array(z.string().regex(/^[!#-[\]-~]{1,60}$/)).max(30),
    bound: clientTest.bound,
    session: clientTest.session,
  }),
  output: z.strictObject({ address: z.string(), ticket: z.string() }),
  run: async ({ clients, signInTrials }, _actor, { id: wanted, scopes, bound, session }) => {
    const { value } = await foundClient({ clients }, wanted);
    if (signInTrials === undefined || !signsIn(value)) throw new Refusal('not-possible');
    return signInTrials.begin({ client: value.id, scopes, bound }, session);
  },
});

/** Nobody signs in at a service; and another flow than that of the authorization code would have to be tried in another way. */
function signsIn(client: Client): boolean {
  const { grant_types: grants, response_types: types } = client.metadata;
  const byCode = !Array.isArray(grants) || grants.includes('authorization_code');
  return kindOf(client) !== 'service' && byCode && (!Array.isArray(types) || types.includes('code'));
}
