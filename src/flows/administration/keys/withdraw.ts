import { z } from 'zod';
import { withdraw } from '../../signing-keys/withdraw.ts';
import { act } from '../act.ts';
import { done, id } from '../shapes/values.ts';

export const withdrawSigningKey = act({
  name: 'key.withdraw',
  summary: 'Delete a signing key for good: what it signed can no longer be verified.',
  role: 'administrator',
  scope: 'keys:write',
  reads: false,
  input: z.strictObject({ id }),
  output: done,
  async run(needs, actor, { id: wanted }) {
    await withdraw(needs, actor, wanted);
    return {};
  },
});
