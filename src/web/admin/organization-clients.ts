import { changeClient } from '../../flows/administration/clients/change.ts';
import { listClients } from '../../flows/administration/clients/list.ts';
import { showClient } from '../../flows/administration/clients/show.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { invalid, Refusal } from '../../flows/administration/refusal.ts';
import { numberOf } from './form-values.ts';
import { listed } from './lists.ts';
import type { AdminPart } from './part.ts';
import { goTo, type Posted, type Visit } from './visit.ts';

/** The first applications that people sign in to, for the page of an organization. Nobody signs in at a service. */
export async function clientsBeside({ ctx, needs, actor }: Visit): Promise<NonNullable<AdminPart['clients']>> {
  const { items, next } = await needs.administration.perform(listClients, { actor, given: {} });
  return listed(ctx, { items: items.filter(({ kind }) => kind !== 'service'), next });
}

/** Opens an application that is limited to some organizations to one more, or to one less. */
export async function takeOrganizationClient(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const organization = await needs.administration.perform(showOrganization, { actor, given: { id: ctx.params.id } });
  const client = await needs.administration.perform(showClient, { actor, given: { id: form.client } });
  // It was limited when the button was shown: to limit it anew would shut everybody else out.
  if (client.organizations === null) throw new Refusal('changed');
  const others = client.organizations.filter((id) => id !== organization.id);
  if (form.act !== 'open' && others.length === 0) throw invalid('clients', 'last-organization');
  const given = {
    id: client.id,
    version: numberOf(form, 'version'),
    organizations: form.act === 'open' ? [...others, organization.id] : others,
  };
  await needs.administration.perform(changeClient, { actor, given });
  goTo(posted, `/admin/organizations/${encodeURIComponent(organization.id)}`, 'saved');
}
