import type { z } from 'zod';
import { changeClient } from '../flows/administration/clients/change.ts';
import { createClient } from '../flows/administration/clients/create.ts';
import { endFormerSecret } from '../flows/administration/clients/end-former-secret.ts';
import { listClients } from '../flows/administration/clients/list.ts';
import { clientRecipes } from '../flows/administration/clients/recipes.ts';
import { removeClient } from '../flows/administration/clients/remove.ts';
import { rotateClientSecret } from '../flows/administration/clients/rotate-secret.ts';
import { showClient } from '../flows/administration/clients/show.ts';
import type { issuedSecret, client as shape } from '../flows/administration/shapes/client.ts';
import { type Opened, withAdministration } from './administration.ts';
import { clientFields } from './client-fields.ts';
import { confirm } from './confirm.ts';
import { named, numberIn } from './entered.ts';
import { toldFacts, toldTime } from './facts.ts';
import { pageAsked, toldPage } from './listing.ts';
import { answer, perform } from './person.ts';
import type { Asked, Run } from './resource-commands.ts';

type Shown = z.output<typeof shape>;

export const list: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const page = await perform(opened, listClients, pageAsked(asked));
    const text = toldPage(page, ({ id, name, kind, firstParty }) => [
      name,
      kind,
      firstParty ? 'first party' : 'asks consent',
      id,
    ]);
    answer(terminal, asked, { value: page, text });
  });

export const show: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const client = await shownOf(opened, asked);
    answer(terminal, asked, { value: client, text: told(client) });
  });

export const create: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const { name, kind, id } = asked;
    const given = { ...(await clientFields(opened, asked)), ...named({ name, kind, id }) };
    const issued = await perform(opened, createClient, given);
    answer(terminal, asked, { value: issued, text: toldSecret(issued) });
  });

export const change: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const standing = await shownOf(opened, asked);
    const { id, version } = standing;
    const { name } = asked;
    const given = { ...(await clientFields(opened, asked, standing)), ...named({ name }), id, version };
    const issued = await perform(opened, changeClient, given);
    answer(terminal, asked, { value: issued, text: toldSecret(issued) });
  });

export const rotateSecret: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const { id, version } = await shownOf(opened, asked);
    const issued = await perform(opened, rotateClientSecret, { id, version, overlap: numberIn(asked.overlap) });
    answer(terminal, asked, { value: issued, text: toldSecret(issued) });
  });

export const endFormer: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const { id, version, name } = await shownOf(opened, asked);
    const warning = `This ends the former secret of ${name}, for good: what uses it still is refused.`;
    await confirm(terminal, { warning, name: id, yes: asked.yes === true });
    const client = await perform(opened, endFormerSecret, { id, version });
    answer(terminal, asked, { value: client, text: `${client.name} has one secret at most` });
  });

export const remove: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const { id, version, name } = await shownOf(opened, asked);
    const warning = `This removes ${name}, for good: nobody signs in at it any more, and its tokens are good for nothing.`;
    await confirm(terminal, { warning, name: id, yes: asked.yes === true });
    const output = await perform(opened, removeClient, { id, version });
    answer(terminal, asked, { value: output, text: `${name} was removed` });
  });

export const recipes: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const output = await perform(opened, clientRecipes, { id: asked.id });
    const texts = output.recipes.map(({ for: library, file, text }) => `# ${library}: ${file}\n\n${text.trimEnd()}\n`);
    answer(terminal, asked, { value: output, text: texts.join('\n') || `issuer: ${output.issuer}` });
  });

function shownOf(opened: Opened, { id }: Asked): Promise<Shown> {
  return perform(opened, showClient, { id });
}

/** A client and, where one was made just now, its secret. */
function toldSecret({ client, secret }: z.output<typeof issuedSecret>): string {
  if (secret === null) return told(client);
  return `${told(client)}\nsecret, which is shown this once: ${secret}`;
}

function told({ version: _, administers, formerSecretUntil, ...client }: Shown): string {
  return toldFacts({
    ...client,
    administers: administers && (administers.organization ?? 'everything'),
    formerSecretUntil: toldTime(formerSecretUntil),
  });
}
