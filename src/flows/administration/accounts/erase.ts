import { z } from 'zod';
import { act } from '../act.ts';
import { governedAccount } from '../reach.ts';
import { Refusal } from '../refusal.ts';
import { done, id, version } from '../shapes/values.ts';
import { lastOf, leavingOf } from './leaving.ts';

export const eraseAccount = act({
  name: 'account.erase',
  summary:
    'Deletes somebody with all that belongs to them, and blanks what the audit log tells of them. Nobody can undo it.',
  role: 'administrator',
  scope: 'accounts:write',
  reads: false,
  input: z.strictObject({ id, version }),
  output: done,
  run: async (needs, actor, { id: wanted, version: seen }) => {
    const { value, version: current } = await governedAccount(needs, actor, wanted);
    if (current !== seen) throw new Refusal('changed');
    if (needs.personalData === undefined) throw new Refusal('not-possible');
    const by = actor.account !== undefined ? 'person' : actor.client !== undefined ? 'service' : 'command-line';
    const erasure = await needs.personalData.erase(
      { id: wanted },
      {
        ...(actor.account !== undefined && { actor: actor.account }),
        ...actor.visitor,
        details: { by, ...(actor.client !== undefined && { service: actor.client }) },
      },
    );
    if ('refused' in erasure)
      throw erasure.refused === 'last' ? lastOf(leavingOf(value, undefined)) : new Refusal('not-found');
    return {};
  },
});
