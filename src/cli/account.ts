import type { z } from 'zod';
import { changeAccount } from '../flows/administration/accounts/change.ts';
import { createAccount } from '../flows/administration/accounts/create.ts';
import { inviteAccount } from '../flows/administration/accounts/invite.ts';
import { listAccounts } from '../flows/administration/accounts/list.ts';
import { showAccount } from '../flows/administration/accounts/show.ts';
import type { passwordLink, account as shape } from '../flows/administration/shapes/account.ts';
import { withAdministration } from './administration.ts';
import { listIn, named } from './entered.ts';
import { toldFacts } from './facts.ts';
import { pageAsked, toldPage } from './listing.ts';
import { answer, officeOf, perform, withPerson } from './person.ts';
import type { Asked, Run } from './resource-commands.ts';

export const list: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const organization = await officeOf(opened, asked);
    const scope = organization === undefined ? {} : { organization };
    const page = await perform(opened, listAccounts, { ...pageAsked(asked), ...scope });
    const text = toldPage(page, ({ id, username, name, email, roles, disabled }) => [
      username,
      name ?? '-',
      email ?? '-',
      roles.join(',') || '-',
      disabled ? 'disabled' : 'enabled',
      id,
    ]);
    answer(terminal, asked, { value: page, text });
  });

export const show: Run = (config, terminal, asked) =>
  withPerson(config, terminal, {
    asked,
    async work(on) {
      const account = await perform(on, showAccount, { id: on.account.id });
      answer(terminal, asked, { value: account, text: told(account) });
    },
  });

export const create: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const byMail = opened.hasMail && asked.email !== undefined;
    const created = await perform(opened, createAccount, {
      ...fieldsOf(asked),
      username: asked.username,
      organization: (await officeOf(opened, asked)) ?? null,
      invite: asked.invite ?? (byMail ? 'mail' : 'link'),
    });
    const { account, link } = created;
    const text = [`${account.username} was added: ${account.id}`, ...(link === null ? [] : [toldLink(link)])].join(
      '\n',
    );
    answer(terminal, asked, { value: created, text });
  });

export const change: Run = (config, terminal, asked) =>
  changing(config, terminal, {
    asked,
    entered: { ...fieldsOf(asked), ...(asked.username !== undefined && { username: asked.username }) },
  });

export const disable: Run = (config, terminal, asked) =>
  changing(config, terminal, { asked, entered: { disabled: true } });
export const enable: Run = (config, terminal, asked) =>
  changing(config, terminal, { asked, entered: { disabled: false } });

export const invite: Run = (config, terminal, asked) =>
  withPerson(config, terminal, {
    asked,
    async work(on) {
      const by = asked.link === true ? 'link' : 'mail';
      const output = await perform(on, inviteAccount, { id: on.account.id, by });
      const text = output.link === null ? `An invitation goes to ${on.account.username}` : toldLink(output.link);
      answer(terminal, asked, { value: output, text });
    },
  });

function changing(
  config: Parameters<Run>[0],
  terminal: Parameters<Run>[1],
  { asked, entered }: { readonly asked: Asked; readonly entered: object },
): Promise<void> {
  return withPerson(config, terminal, {
    asked,
    async work(on) {
      const { id } = on.account;
      const { version } = await perform(on, showAccount, { id });
      const organization = asked.to === '' ? null : await officeOf(on, { office: asked.to });
      const account = await perform(on, changeAccount, { id, version, ...entered, ...named({ organization }) });
      answer(terminal, asked, { value: account, text: told(account) });
    },
  });
}

/** What was named; an empty text takes a value away. */
function fieldsOf({
  name,
  givenName,
  familyName,
  email,
  locale,
  role,
  roles,
  group,
  requireSecondFactor,
}: Asked): object {
  const texts = Object.entries({ name, givenName, familyName, email, locale })
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, value === '' ? null : value]);
  return {
    ...Object.fromEntries(texts),
    ...(role !== undefined && { roles: role }),
    ...(roles === false && { roles: [] }),
    ...(group !== undefined && { groups: listIn(group) ?? [] }),
    ...(requireSecondFactor !== undefined && { secondFactorRequired: requireSecondFactor }),
  };
}

function toldLink({ url, until }: z.output<typeof passwordLink>): string {
  return `Hand over this link, which works once, until ${new Date(until).toISOString()}:\n${url}`;
}

/** A line for each thing that is known. */
function told({ standing, version: _, ...account }: z.output<typeof shape>): string {
  const { phone, factors, ...rest } = standing;
  const number = phone && `${phone.masked} (${phone.confirmed ? 'confirmed' : 'not confirmed'})`;
  return toldFacts({ ...account, ...rest, factors: factors.map(({ factor }) => factor), phone: number });
}
