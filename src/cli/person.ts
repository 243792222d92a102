import type { z } from 'zod';
import type { Config } from '../config.ts';
import type { Account } from '../domain/account.ts';
import type { Act } from '../flows/administration/act.ts';
import { commandLine } from '../flows/administration/actor.ts';
import { type Opened, withAdministration } from './administration.ts';
import { accountNamed, organizationNamed } from './looked-up.ts';
import type { Asked } from './resource-commands.ts';
import type { Terminal } from './terminal.ts';

/** An opened administration, and who is meant. */
export interface OnPerson extends Opened {
  readonly account: Account;
}

/** Finds the person that a command names. @throws where nobody, or more than one, is called that */
export async function withPerson(
  config: Config,
  terminal: Terminal,
  { asked, work }: { readonly asked: Asked; work(on: OnPerson): Promise<void> },
): Promise<void> {
  await withAdministration(config, terminal, async (opened) => {
    const { stores } = opened;
    const named = String(asked.person);
    const organization = await officeOf(opened, asked);
    const account = (await stores.accounts.byId(named)) ?? (await accountNamed(stores, named, organization));
    await work({ ...opened, account });
  });
}

/** Id of the organization that `--office` names. @throws where there is none */
export async function officeOf({ stores }: Opened, { office }: Asked): Promise<string | undefined> {
  return office === undefined ? undefined : organizationNamed(stores, String(office));
}

/** What the command line asks administration to do. */
export function perform<Input extends z.ZodType, Output extends z.ZodType>(
  { administration }: Opened,
  act: Act<Input, Output>,
  given: object,
): Promise<z.output<Output>> {
  return administration.perform(act, { actor: commandLine, given });
}

/** Writes an answer: for programs with `--json`, else for people. */
export function answer(
  { out }: Terminal,
  { json }: Asked,
  { value, text }: { readonly value: object; readonly text: string },
) {
  out.write(json === true ? `${JSON.stringify(value)}\n` : `${text}\n`);
}
