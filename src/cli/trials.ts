import { sendTestMail } from '../flows/administration/system/test-mail.ts';
import { sendTestText } from '../flows/administration/system/test-sms.ts';
import { withAdministration } from './administration.ts';
import { answer, perform } from './person.ts';
import type { Run } from './resource-commands.ts';

export const tryMail: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const output = await perform(opened, sendTestMail, { to: asked.address });
    answer(terminal, asked, { value: output, text: `${output.by} took it: see whether it arrives` });
  });

export const tryTextMessages: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    // As people write it, with spaces, dashes or parentheses.
    const number = String(asked.number).replace(/[\s().-]/g, '');
    const output = await perform(opened, sendTestText, { number });
    answer(terminal, asked, { value: output, text: 'The gateway took it: see whether it arrives' });
  });
