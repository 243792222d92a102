import { changeAccount } from '../../flows/administration/accounts/change.ts';
import { endSessionsOf } from '../../flows/administration/accounts/end-sessions.ts';
import { eraseAccount } from '../../flows/administration/accounts/erase.ts';
import { exportAccount } from '../../flows/administration/accounts/export.ts';
import { givePermitTo } from '../../flows/administration/accounts/give-permit.ts';
import { inviteAccount } from '../../flows/administration/accounts/invite.ts';
import { liftBlock } from '../../flows/administration/accounts/lift-block.ts';
import { removePhone } from '../../flows/administration/accounts/remove-phone.ts';
import { resetFactors } from '../../flows/administration/accounts/reset-factors.ts';
import { setPhone } from '../../flows/administration/accounts/set-phone.ts';
import { showAccount } from '../../flows/administration/accounts/show.ts';
import { startPasswordReset } from '../../flows/administration/accounts/start-password-reset.ts';
import { rankOf } from '../../flows/administration/actor.ts';
import { showOrganization } from '../../flows/administration/organizations/show.ts';
import { invalid, Refusal } from '../../flows/administration/refusal.ts';
import { isTicked, linesOf, numberOf, textOf, ticked } from './form-values.ts';
import type { Handed } from './part.ts';
import { rolesToGive } from './people.ts';
import { present } from './present.ts';
import { type Again, goTo, type Posted, type Visit } from './visit.ts';

/** Everything about one person, and what may be done for them. @param handed what has just been made for them, and is shown once */
export async function showPerson(visit: Visit, again?: Again, handed?: Handed): Promise<void> {
  const { ctx, needs, actor } = visit;
  const person = await needs.administration.perform(showAccount, { actor, given: { id: ctx.params.id } });
  const { organization: id } = person;
  const organization =
    id === null ? undefined : await needs.administration.perform(showOrganization, { actor, given: { id } });
  present(visit, 'admin/person', {
    section: 'people',
    person,
    governs: rankOf(person.roles) <= rankOf([actor.role]),
    roles: rolesToGive(visit),
    methods: needs.methods,
    ...(organization && { organization }),
    ...(handed && { handed }),
    ...(again && { again }),
  });
}

export async function takePerson(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { id } = ctx.params;
  const given = {
    id,
    version: numberOf(form, 'version'),
    ...personIn(posted),
    disabled: isTicked(form, 'disabled'),
  };
  await needs.administration.perform(changeAccount, { actor, given });
  goTo(posted, placeOf(posted), 'saved');
}

/** What the fields that every person has say. */
export function personIn(posted: Posted): object {
  const { form } = posted;
  return {
    username: form.username,
    name: textOf(form, 'name'),
    email: textOf(form, 'email'),
    locale: textOf(form, 'locale'),
    roles: ticked(form, 'roles', rolesToGive(posted)),
    groups: linesOf(form, 'groups'),
    secondFactorRequired: isTicked(form, 'secondFactorRequired'),
  };
}

export async function takePhone(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { id } = ctx.params;
  if (form.act === 'remove') await needs.administration.perform(removePhone, { actor, given: { id } });
  else await needs.administration.perform(setPhone, { actor, given: { id, number: form.number } });
  goTo(posted, placeOf(posted), 'saved');
}

/** One of the buttons that help somebody back in. What is handed over is shown once, here. */
export async function takeHelp(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const given = { id: ctx.params.id };
  const asked = { actor, given };
  switch (form.act) {
    case 'lift-block':
      await needs.administration.perform(liftBlock, asked);
      return goTo(posted, placeOf(posted), 'lifted');
    case 'end-sessions':
      await needs.administration.perform(endSessionsOf, asked);
      return goTo(posted, placeOf(posted), 'ended');
    case 'start-password-reset':
      await needs.administration.perform(startPasswordReset, asked);
      return goTo(posted, placeOf(posted), 'sent');
    case 'invite-mail':
      await needs.administration.perform(inviteAccount, { actor, given: { ...given, by: 'mail' } });
      return goTo(posted, placeOf(posted), 'sent');
    case 'invite-link': {
      const { link } = await needs.administration.perform(inviteAccount, { actor, given: { ...given, by: 'link' } });
      if (link === null) return goTo(posted, placeOf(posted), 'sent');
      return showPerson(posted, undefined, { kind: 'link', value: link.url, until: link.until });
    }
    case 'reset-factors':
    case 'give-permit': {
      const act = form.act === 'give-permit' ? givePermitTo : resetFactors;
      const { code, until } = await needs.administration.perform(act, asked);
      return showPerson(posted, undefined, { kind: 'permit', value: code, until });
    }
    default:
      throw new Refusal('invalid');
  }
}

/** The username has to be typed: what is erased does not come back. */
export async function takeErasure(posted: Posted): Promise<void> {
  const { ctx, needs, actor, form } = posted;
  const { id } = ctx.params;
  const { username } = await needs.administration.perform(showAccount, { actor, given: { id } });
  if ((form.confirm ?? '').trim() !== username) throw invalid('confirm', 'confirm');
  const given = { id, version: numberOf(form, 'version') };
  await needs.administration.perform(eraseAccount, { actor, given });
  goTo(posted, '/admin/people', 'removed');
}

/** Everything that is held about somebody, as a file. A form and no link: that it was handed over is written down. */
export async function takeData({ ctx, needs, actor }: Posted): Promise<void> {
  const { id } = ctx.params;
  const data = await needs.administration.perform(exportAccount, { actor, given: { id } });
  ctx.attachment('person.json');
  ctx.set('Cache-Control', 'no-store');
  ctx.body = data;
}

function placeOf({ ctx }: Visit): string {
  return `/admin/people/${encodeURIComponent(ctx.params.id)}`;
}
