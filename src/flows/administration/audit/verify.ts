import { z } from 'zod';
import { verifyChain } from '../../audit/verify.ts';
import { act } from '../act.ts';
import { Refusal } from '../refusal.ts';

export const verifyAudit = act({
  name: 'audit.verify',
  summary: 'Goes through the whole chain of sealed events: whether one was changed, removed or slipped in.',
  role: 'administrator',
  scope: 'audit:read',
  reads: true,
  input: z.strictObject({}),
  output: z.strictObject({
    intact: z.boolean().describe('Nothing is wrong.'),
    checked: z.int().describe('How many events were looked at.'),
    findings: z.int().describe('How many things are wrong: `sluis audit verify` says which.'),
  }),
  run: async ({ auditChain }) => {
    if (auditChain === undefined) throw new Refusal('not-possible');
    const { ok, checked, faults, unlisted } = await verifyChain(auditChain);
    return { intact: ok, checked, findings: faults.length + unlisted };
  },
});
