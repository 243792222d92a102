import { z } from 'zod';
import { locales } from '../../../domain/locale.ts';
import { roles } from '../actor.ts';
import { id, line, time, version } from './values.ts';

export const role = z.enum(roles);

/** What administrators enter about a person. Null takes a value away. */
export const person = {
  username: line(200),
  name: line(200).nullable(),
  givenName: line(200).nullable(),
  familyName: line(200).nullable(),
  email: z.email().max(254).nullable(),
  locale: z.enum(locales).nullable(),
  roles: z.array(role).max(roles.length),
  groups: z.array(line(200)).max(100),
  disabled: z.boolean(),
  /** This one person must have a second factor, whatever the organization says. */
  secondFactorRequired: z.boolean(),
};

/** A line of a list of people. */
export const accountSummary = z.strictObject({
  id,
  /** Null for people without one. */
  organization: id.nullable(),
  username: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  roles: z.array(role),
  disabled: z.boolean(),
});

/** Where codes by text message go. Nobody sees the number whole. */
export const phone = z.strictObject({ masked: z.string(), confirmed: z.boolean() });

/** Everything about the ways in which somebody proves who they are that staff may know. */
export const standing = z.strictObject({
  hasPassword: z.boolean(),
  factors: z.array(
    z.strictObject({
      factor: z.string(),
      name: z.string().nullable(),
      createdAt: time,
      lastUsedAt: time.nullable(),
      switchedOff: z.boolean(),
    }),
  ),
  /** How many recovery codes are left; null where there are none. */
  recoveryCodes: z.int().nullable(),
  phone: phone.nullable(),
  /** When a block for wrong codes ends; null where there is none. */
  blockedUntil: time.nullable(),
});

/** A person as administrators see them. */
export const account = z.strictObject({
  ...accountSummary.shape,
  ...person,
  organization: id.nullable(),
  emailVerified: z.boolean(),
  standing,
  version,
});

/** A link with which somebody chooses their first password: shown once, to hand over. */
export const passwordLink = z.strictObject({ url: z.url(), until: time });

/** A code with which somebody sets up a second factor: shown once, to hand over. */
export const permit = z.strictObject({ code: z.string(), until: time });
