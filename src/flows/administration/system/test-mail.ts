import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isWithin } from '../../../domain/limits.ts';
import { isMailAddress } from '../../../domain/mail-address.ts';
import { Undelivered } from '../../../domain/undelivered.ts';
import { act } from '../act.ts';
import { note } from '../note.ts';
import { Refusal } from '../refusal.ts';
import { countedAs, tried } from './limited.ts';

export const sendTestMail = act({
  name: 'system.test-mail',
  summary: 'Sends a mail at once, to see whether mail arrives.',
  role: 'administrator',
  scope: 'system:write',
  reads: false,
  input: z.strictObject({ to: z.string().max(254).refine(isMailAddress, 'malformed').describe('Where to.') }),
  output: z.strictObject({ by: z.string().describe('What took it.') }),
  run: async (needs, actor, { to }) => {
    const { trialMail } = needs;
    if (trialMail === undefined) throw new Refusal('not-possible');
    const { mailer, limits } = trialMail;
    await tried('to', async () => {
      if (!(await isWithin(limits, { account: countedAs(actor) }))) throw new Undelivered('limited', 'account');
      const text = `This mail shows that ${needs.settings.issuer} can send mail.\n`;
      await mailer.send({ to, subject: 'A test of mail', text, html: `<p>${text}</p>`, id: randomUUID() });
    });
    await note(needs, actor, { type: 'system.mail-tested', details: { mailer: mailer.name } });
    return { by: mailer.name };
  },
});
