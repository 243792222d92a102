import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { done } from '../shapes/values.ts';
import { countedAs, tried } from './limited.ts';

export const sendTestText = act({
  name: 'system.test-sms',
  summary: 'Sends a text message at once, to see whether it arrives. It counts against the limits as every other does.',
  role: 'administrator',
  scope: 'system:write',
  reads: false,
  /** E.164. */
  input: z.strictObject({
    number: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/)
      .describe('Where to, in E.164.'),
  }),
  output: done,
  run: async (needs, actor, { number }) => {
    const { textMessages } = needs;
    if (textMessages === undefined) throw new Refusal('not-possible');
    const account = countedAs(actor);
    const { host } = new URL(needs.settings.issuer);
    await tried('number', () =>
      textMessages.send({
        account,
        number,
        address: actor.visitor.address ?? account,
        text: `A test of text messages by ${host}.`,
        id: randomUUID(),
      }),
    );
    await note(needs, actor, { type: 'system.sms-tested' });
    return {};
  },
});
