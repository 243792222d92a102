import { acrs } from '../../domain/acr.ts';
import { changeClient } from '../../flows/administration/clients/change.ts';
import { createClient } from '../../flows/administration/clients/create.ts';
import { endFormerSecret } from '../../flows/administration/clients/end-former-secret.ts';
import { listClients } from '../../flows/administration/clients/list.ts';
import { clientRecipes } from '../../flows/administration/clients/recipes.ts';
import { removeClient } from '../../flows/administration/clients/remove.ts';
import { rotateClientSecret } from '../../flows/administration/clients/rotate-secret.ts';
import { showClient } from '../../flows/administration/clients/show.ts';
import { scopes } from '../../flows/administration/scopes.ts';
import { clientKind } from '../../flows/administration/shapes/client.ts';
import { clientIn } from './client-form.ts';
import { codesOf } from './codes.ts';
import { numberOf, textOf } from './form-values.ts';
import { askedOf, listed } from './lists.ts';
import type { Handed } from './part.ts';
import { present } from './present.ts';
import { type Again, goTo, type Posted, type Visit } from './visit.ts';

const section = 'clients';
const common = { section, acrs, scopes } as const;

export async function showClients(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const found = await needs.administration.perform(listClients, { actor, given: askedOf(ctx) });
  present(visit, 'admin/clients', { section, clients: listed(ctx, found) });
}

/** Which kind first, then what there is to know of one of that kind. */
export async function showNewClient(visit: Visit, again?: Again): Promise<void> {
  const kind = clientKind.safeParse(visit.ctx.query.kind).data;
  present(visit, 'admin/new-client', { ...common, ...(kind && { kind }), ...(again && { again }) });
}

export async function takeNewClient(posted: Posted): Promise<void> {
  const { needs, actor, form } = posted;
  const id = textOf(form, 'clientId');
  const given = {
    kind: form.kind,
    ...(id !== null && { id }),
    ...(await clientIn(posted, clientKind.safeParse(form.kind).data)),
  };
  const { client, secret } = await needs.administration.perform(createClient, { actor, given });
  if (secret === null) return goTo(posted, `/admin/clients/${encodeURIComponent(client.id)}`, 'created');
  await showClientOf(posted, client.id, { handed: { kind: 'secret', value: secret } });
}

export function showOneClient(visit: Visit, again?: Again): Promise<void> {
  return showClientOf(visit, visit.ctx.params.id, { ...(again && { again }) });
}

async function showClientOf(
  visit: Visit,
  id: string,
  { again, handed }: { readonly again?: Again; readonly handed?: Handed },
): Promise<void> {
  const { needs, actor } = visit;
  const client = await needs.administration.perform(showClient, { actor, given: { id } });
  const { organizations, administers } = client;
  const [codes, [administersCode]] = await Promise.all([
    codesOf(visit, organizations ?? []),
    codesOf(visit, administers?.organization == null ? [] : [administers.organization]),
  ]);
  present(visit, 'admin/client', {
    ...common,
    client,
    codes,
    ...(administersCode !== undefined && { administersCode }),
    ...(handed && { handed }),
    ...(again && { again }),
  });
}

export async function takeClient(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { id } = ctx.params;
  const before = await needs.administration.perform(showClient, { actor, given: { id } });
  const given = { id, version: numberOf(form, 'version'), ...(await clientIn(posted, before.kind, before.metadata)) };
  const { secret } = await needs.administration.perform(changeClient, { actor, given });
  if (secret === null) return goTo(posted, `/admin/clients/${encodeURIComponent(id)}`, 'saved');
  await showClientOf(posted, id, { handed: { kind: 'secret', value: secret } });
}

/** A new secret is shown once, here. */
export async function takeSecret(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { id } = ctx.params;
  const given = { id, version: numberOf(form, 'version') };
  if (form.act === 'end') {
    await needs.administration.perform(endFormerSecret, { actor, given });
    return goTo(posted, `/admin/clients/${encodeURIComponent(id)}`, 'saved');
  }
  const overlap = numberOf(form, 'overlap');
  const made = await needs.administration.perform(rotateClientSecret, { actor, given: { ...given, overlap } });
  const handed = made.secret === null ? {} : { handed: { kind: 'secret', value: made.secret } as const };
  await showClientOf(posted, id, handed);
}

export async function takeClientRemoval(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const given = { id: ctx.params.id, version: numberOf(form, 'version') };
  await needs.administration.perform(removeClient, { actor, given });
  goTo(posted, '/admin/clients', 'removed');
}

export async function showRecipes(visit: Visit): Promise<void> {
  const { ctx, needs, actor } = visit;
  const asked = { actor, given: { id: ctx.params.id } };
  const [client, { recipes }] = await Promise.all([
    needs.administration.perform(showClient, asked),
    needs.administration.perform(clientRecipes, asked),
  ]);
  present(visit, 'admin/recipes', { section, client, recipes });
}
