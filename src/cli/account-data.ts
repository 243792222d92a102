import { openPersonalData } from '../assembly/personal-data.ts';
import { eraseAccount } from '../flows/administration/accounts/erase.ts';
import { exportAccount } from '../flows/administration/accounts/export.ts';
import { showAccount } from '../flows/administration/accounts/show.ts';
import { withAdministration } from './administration.ts';
import { confirm } from './confirm.ts';
import { NotThere } from './not-there.ts';
import { answer, perform, withPerson } from './person.ts';
import type { Run } from './resource-commands.ts';

/** `sluis account export`: JSON in any case, of one line with `--json`. */
export const exportData: Run = (config, terminal, asked) =>
  withPerson(config, terminal, {
    asked,
    async work(on) {
      const data = await perform(on, exportAccount, { id: on.account.id });
      answer(terminal, asked, { value: data, text: JSON.stringify(data, undefined, 2) });
    },
  });

/** `sluis account erase` */
export const erase: Run = (config, terminal, asked) => {
  if (asked.again === true) return eraseAgain(config, terminal, asked);
  return withPerson(config, terminal, {
    asked,
    async work(on) {
      const { id, username } = on.account;
      const { version } = await perform(on, showAccount, { id });
      await confirm(terminal, { warning: warning(username), name: username, yes: asked.yes === true });
      const output = await perform(on, eraseAccount, { id, version });
      answer(terminal, asked, { value: output, text: `${username} was erased` });
    },
  });
};

/** What is left of somebody whose account is gone, since something failed half-way. */
const eraseAgain: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async ({ stores, needs }) => {
    const id = String(asked.person);
    if ((await stores.accounts.byId(id)) !== undefined) throw new Error('This account is there: leave out --again.');
    await confirm(terminal, { warning: warning(id), name: id, yes: asked.yes === true });
    const { erase: finish } = openPersonalData({ stores, ...needs });
    const erasure = await finish({ id, again: true }, { details: { by: 'command-line' } });
    if ('refused' in erasure) throw new NotThere('There is no such person.');
    answer(terminal, asked, { value: {}, text: `${id} was erased, with what ${erasure.events} events told of them` });
  });

const warning = (name: string) =>
  `This deletes ${name} with all that belongs to them, and what the audit log tells of them, for good.`;
