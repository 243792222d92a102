import { z } from 'zod';
import { locales } from '../../../domain/locale.ts';
import { roles } from '../actor.ts';
import { id, line, time, version } from './values.ts';

export const role = z.enum(roles);

/** Of somebody; null for people without one. */
export const organizationId = id.nullable().describe('Id of the organization that they belong to; null: none.');

/** What administrators enter about a person. Null takes a value away. */
export const person = {
  username: line(200).describe('What they sign in with; nobody else of their organization has it.'),
  name: line(200).nullable().describe('The whole name.'),
  givenName: line(200).nullable().describe('First name.'),
  familyName: line(200).nullable().describe('Last name.'),
  email: z.email().max(254).nullable().describe('Another address is unconfirmed until they follow a mailed link.'),
  locale: z.enum(locales).nullable().describe('Language of their pages and mails; null: the one that is usual here.'),
  roles: z.array(role).max(roles.length).describe('What they may administer.'),
  groups: z.array(line(200)).max(100).describe('Groups, as applications may see them.'),
  disabled: z.boolean().describe('They cannot sign in.'),
  secondFactorRequired: z.boolean().describe('They must have a second factor, whatever their organization says.'),
};

/** A line of a list of people. */
export const accountSummary = z
  .strictObject({
    id: id.describe('The `sub` of their ID tokens, which nobody else ever has.'),
    organization: organizationId,
    username: z.string().describe('What they sign in with.'),
    name: z.string().nullable().describe('The whole name.'),
    email: z.string().nullable().describe('Their e-mail address.'),
    roles: z.array(role).describe('What they may administer.'),
    disabled: z.boolean().describe('They cannot sign in.'),
  })
  .describe('Somebody, in a list.');

/** Where codes by text message go. Nobody sees the number whole. */
export const phone = z.strictObject({
  masked: z.string().describe('The number, most of it hidden.'),
  confirmed: z.boolean().describe('They proved that it is theirs.'),
});

const heldFactor = z.strictObject({
  factor: z.string().describe('Which method.'),
  name: z.string().nullable().describe('What they call it.'),
  createdAt: time.describe('When it was set up.'),
  lastUsedAt: time.nullable().describe('When they last signed in with it.'),
  switchedOff: z.boolean().describe('Too many wrong codes switched it off.'),
});

/** Everything about the ways in which somebody proves who they are that staff may know. */
export const standing = z.strictObject({
  hasPassword: z.boolean().describe('They chose a password.'),
  factors: z.array(heldFactor).describe('Second factors that they set up.'),
  recoveryCodes: z.int().nullable().describe('How many recovery codes are left; null where there are none.'),
  phone: phone.nullable().describe('Where codes by text message go.'),
  blockedUntil: time.nullable().describe('When a block for wrong codes ends; null where there is none.'),
});

/** A person as administrators see them. */
export const account = z
  .strictObject({
    ...accountSummary.shape,
    ...person,
    organization: organizationId,
    emailVerified: z.boolean().describe('They followed a link that was mailed there.'),
    standing: standing.describe('How they prove who they are.'),
    version,
  })
  .describe('Somebody who signs in.');

/** A link with which somebody chooses their first password: shown once, to hand over. */
export const passwordLink = z.strictObject({
  url: z.url().describe('Hand it over to nobody else: it works once.'),
  until: time.describe('When it ends.'),
});

/** A code with which somebody sets up a second factor: shown once, to hand over. */
export const permit = z.strictObject({
  code: z.string().describe('Hand it over to nobody else: it works once, for them alone.'),
  until: time.describe('When it ends.'),
});
