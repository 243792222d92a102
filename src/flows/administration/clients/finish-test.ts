import { z } from 'zod';
import type { TrialResult } from '../../../domain/ports.ts';
import { act } from '../act.ts';
import type { Actor } from '../actor.ts';
import type { Needs } from '../needs.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { clientTest } from '../shapes/client.ts';

/**
 * The ticket and what it is bound to say that this very administrator began it, in this browser and session, so that nobody is shown
 * somebody else's token. `not-found` is everything else: what they never began, what is over, and what was answered before.
 */
export const finishClientTest = act({
  name: 'client.finish-test',
  summary: 'Takes what came of trying a sign-in. Its tokens and session end at once.',
  role: 'administrator',
  scope: 'clients:write',
  reads: false,
  inBrowser: true,
  input: z.strictObject({
    ticket: z.string().max(8_000),
    bound: clientTest.bound,
    session: clientTest.session,
    state: z.string().max(200),
    code: z.string().max(500).exactOptional(),
    error: z.string().max(100).exactOptional(),
    description: z.string().max(1_000).exactOptional(),
  }),
  output: clientTest.result,
  run: async (needs, actor, answer) => {
    const result = await needs.signInTrials?.finish(answer);
    if (result === undefined) throw new Refusal('not-found');
    await noteTest(needs, actor, result);
    return result.outcome === 'granted' ? { ...result, scopes: [...result.scopes] } : result;
  },
});

/** Before anybody is shown the token: who tried it, and who signed in. */
function noteTest(needs: Needs, actor: Actor, result: TrialResult): Promise<void> {
  const { client, outcome } = result;
  if (outcome === 'refused') {
    return note(needs, actor, { type: 'client.tested', client, details: { outcome, error: result.error } });
  }
  const { claims, scopes } = result;
  const details = { outcome, scopes: scopes.join(' '), ...(typeof claims.acr === 'string' && { acr: claims.acr }) };
  return note(needs, actor, { type: 'client.tested', client, account: String(claims.sub), details });
}
