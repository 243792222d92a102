import type { z } from 'zod';
import { changeOrganization } from '../flows/administration/organizations/change.ts';
import { createOrganization } from '../flows/administration/organizations/create.ts';
import { listOrganizations } from '../flows/administration/organizations/list.ts';
import { readinessOfOrganization } from '../flows/administration/organizations/readiness.ts';
import { showOrganization } from '../flows/administration/organizations/show.ts';
import { Refusal } from '../flows/administration/refusal.ts';
import type { organization as shape } from '../flows/administration/shapes/organization.ts';
import { type Opened, withAdministration } from './administration.ts';
import { confirm } from './confirm.ts';
import { listIn, named, numberIn, proseIn, textIn, timeIn } from './entered.ts';
import { toldFacts, toldTime } from './facts.ts';
import { pageAsked, toldPage } from './listing.ts';
import { answer, perform } from './person.ts';
import type { Asked, Run } from './resource-commands.ts';
import type { Terminal } from './terminal.ts';

type Shown = z.output<typeof shape>;

export const list: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const page = await perform(opened, listOrganizations, pageAsked(asked));
    const text = toldPage(page, ({ id, code, name, secondFactorRequired, secondFactorFrom }) => {
      const from = secondFactorFrom === null ? '' : ` from ${toldTime(secondFactorFrom)}`;
      return [code, name, secondFactorRequired ? `required${from}` : 'not required', id];
    });
    answer(terminal, asked, { value: page, text });
  });

export const show: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const organization = await shownOf(opened, asked);
    answer(terminal, asked, { value: organization, text: told(organization) });
  });

export const create: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const { code, name } = asked;
    const organization = await perform(opened, createOrganization, { ...fieldsOf(asked), code, name });
    answer(terminal, asked, { value: organization, text: told(organization) });
  });

export const change: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const standing = await shownOf(opened, asked);
    const { id, version } = standing;
    const { code, name } = asked;
    const given = { ...fieldsOf(asked, standing), ...named({ code, name }), id, version };
    const organization = await perform(opened, changeOrganization, given).catch(async (error: unknown) => {
      if (!(error instanceof Refusal && error.code === 'confirm')) throw error;
      const agreed = await agree(opened, terminal, { standing, yes: asked.yes === true });
      return perform(opened, changeOrganization, { ...given, confirm: agreed });
    });
    answer(terminal, asked, { value: organization, text: told(organization) });
  });

export const readiness: Run = (config, terminal, asked) =>
  withAdministration(config, terminal, async (opened) => {
    const { id } = await shownOf(opened, asked);
    const counts = await perform(opened, readinessOfOrganization, { id });
    const text = `${counts.people} people, ${counts.withoutFactor} of them without a second factor`;
    answer(terminal, asked, { value: counts, text });
  });

/** Says what demanding a second factor comes to. @returns the number of people that was agreed to */
async function agree(
  opened: Opened,
  terminal: Terminal,
  { standing: { id, code }, yes }: { readonly standing: Shown; readonly yes: boolean },
): Promise<number> {
  const { people, withoutFactor } = await perform(opened, readinessOfOrganization, { id });
  const warning = `${withoutFactor} of ${people} people of ${code} have no second factor yet, and will have to set one up.`;
  await confirm(terminal, { warning, name: code, yes });
  return withoutFactor;
}

/** The one that a command names, by code or id. @throws {Refusal} `not-found` */
async function shownOf(opened: Opened, asked: Asked): Promise<Shown> {
  const { organizations } = opened.stores;
  const wanted = String(asked.organization);
  const found = (await organizations.byCode(wanted)) ?? (await organizations.byId(wanted));
  if (found === undefined) throw new Refusal('not-found');
  return perform(opened, showOrganization, { id: found.id });
}

/** What was named, in the fields of the acts. */
function fieldsOf(asked: Asked, standing?: Shown): object {
  const { firstSetUp, numberChange, passkeysCountAsBoth } = asked;
  return named({
    secondFactorRequired: asked.requireSecondFactor,
    secondFactorFrom: timeIn(asked.secondFactorFrom),
    methods: listIn(asked.method),
    firstSetUp,
    permitsWaived: asked.waivePermits,
    numberChange,
    passkeysCountAsBoth,
    authenticators: listIn(asked.authenticator),
    minimumAcr: textIn(asked.minimumAcr),
    rememberedDevices: numberIn(asked.rememberDevices),
    reason: proseIn(asked, 'reason', standing?.reason),
    contact: proseIn(asked, 'contact', standing?.contact),
  });
}

/** A line for each thing that it decides. */
function told({ version: _, ...organization }: Shown): string {
  return toldFacts({ ...organization, secondFactorFrom: toldTime(organization.secondFactorFrom) });
}
