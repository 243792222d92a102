import { acrs } from '../../domain/acr.ts';
import type { Form } from '../../domain/factor.ts';
import { changeOrganization } from '../../flows/administration/organizations/change.ts';
import { createOrganization } from '../../flows/administration/organizations/create.ts';
import { listOrganizations } from '../../flows/administration/organizations/list.ts';
import { readinessOfOrganization } from '../../flows/administration/organizations/readiness.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { dayOf, isTicked, numberOf, proseOf, someLinesOf, textOf, ticked } from './form-values.ts';
import { askedOf, listed } from './lists.ts';
import { clientsBeside } from './organization-clients.ts';
import { present } from './present.ts';
import { type Again, goTo, type Posted, type Visit } from './visit.ts';

const section = 'organizations';

export async function showOrganizations(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const found = await needs.administration.perform(listOrganizations, { actor, given: askedOf(ctx) });
  present(visit, 'admin/organizations', { section, organizations: listed(ctx, found) });
}

export async function showNewOrganization(visit: Visit, again?: Again): Promise<void> {
  present(visit, 'admin/new-organization', { section, ...(again && { again }) });
}

export async function takeNewOrganization(posted: Posted): Promise<void> {
  const { needs, actor, form } = posted;
  const given = { code: form.code, name: form.name };
  const { id } = await needs.administration.perform(createOrganization, { actor, given });
  goTo(posted, `/admin/organizations/${encodeURIComponent(id)}`, 'created');
}

/** With a form for who may change it. */
export async function showOneOrganization(visit: Visit, again?: Again): Promise<void> {
  const { ctx, needs, actor } = visit;
  const { id } = ctx.params;
  const organization = await needs.administration.perform(showOrganization, { actor, given: { id } });
  const readiness =
    again?.code === 'confirm'
      ? await needs.administration.perform(readinessOfOrganization, { actor, given: { id } })
      : undefined;
  const clients = actor.role === 'administrator' ? await clientsBeside(visit) : undefined;
  present(visit, 'admin/organization', {
    section,
    organization,
    methods: needs.methods,
    acrs,
    ...(clients && { clients }),
    ...(again && { again }),
    ...(readiness && { readiness }),
  });
}

export async function takeOrganization(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { id } = ctx.params;
  const given = { id, version: numberOf(form, 'version'), ...changesOf(form, posted) };
  await needs.administration.perform(changeOrganization, { actor, given });
  goTo(posted, `/admin/organizations/${encodeURIComponent(id)}`, 'saved');
}

/** What a superuser may change, and for administrators the rest. */
function changesOf(form: Form, { actor, needs }: Posted): object {
  const methods = ticked(form, 'methods', needs.methods);
  const required = form.secondFactorRequired === 'yes';
  return {
    secondFactorRequired: required,
    secondFactorFrom: required ? dayOf(form, 'secondFactorFrom') : null,
    methods: methods.length === needs.methods.length ? null : methods,
    numberChange: isTicked(form, 'numberChange'),
    passkeysCountAsBoth: isTicked(form, 'passkeysCountAsBoth'),
    rememberedDevices: numberOf(form, 'rememberedDevices'),
    reason: proseOf(form, 'reason'),
    contact: proseOf(form, 'contact'),
    ...(form.confirm !== undefined && { confirm: numberOf(form, 'confirm') }),
    ...(actor.role === 'administrator' && {
      name: form.name,
      code: form.code,
      firstSetUp: form.firstSetUp,
      permitsWaived: isTicked(form, 'permitsWaived'),
      minimumAcr: textOf(form, 'minimumAcr'),
      authenticators: someLinesOf(form, 'authenticators'),
    }),
  };
}
