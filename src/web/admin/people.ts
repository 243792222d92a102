import { createAccount } from '../../flows/administration/accounts/create.ts';
import { listAccounts } from '../../flows/administration/accounts/list.ts';
import { rankOf, roles } from '../../flows/administration/actor.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { askedOf, listed } from './lists.ts';
import { personIn } from './person.ts';
import { present } from './present.ts';
import { type Again, goTo, type Posted, type Visit } from './visit.ts';

const section = 'people';

/** @param visit whose address may name an organization: its people alone */
export async function showPeople(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const office = await officeAsked(visit);
  const given = { ...askedOf(ctx), ...(office && { organization: office.id }) };
  const found = await needs.administration.perform(listAccounts, { actor, given });
  present(visit, 'admin/people', { section, people: listed(ctx, found), ...(office && { organization: office }) });
}

export async function showNewPerson(visit: Visit, again?: Again): Promise<void> {
  const office = await officeAsked(visit);
  present(visit, 'admin/new-person', {
    section,
    roles: rolesToGive(visit),
    ...(office && { organization: office }),
    ...(again && { again }),
  });
}

export async function takeNewPerson(posted: Posted): Promise<void> {
  const { needs, actor, form } = posted;
  const given = { organization: form.organization ?? null, ...personIn(posted), invite: form.invite };
  const { account, link } = await needs.administration.perform(createAccount, { actor, given });
  const place = `/admin/people/${encodeURIComponent(account.id)}`;
  if (link === null) return goTo(posted, place, 'created');
  present(posted, 'admin/person-created', {
    section,
    person: account,
    handed: { kind: 'link', value: link.url, until: link.until },
  });
}

/** Nobody gives a role above their own. */
export function rolesToGive({ actor }: Visit) {
  return roles.filter((role) => rankOf([role]) <= rankOf([actor.role]));
}

/** The organization that the address or the form names, or the only one that this person reaches. */
async function officeAsked({ ctx, needs, actor }: Visit) {
  const { organization: asked } = ctx.query;
  const id = typeof asked === 'string' ? asked : actor.organization;
  if (id === undefined || id === null) return undefined;
  return needs.administration.perform(showOrganization, { actor, given: { id } });
}
