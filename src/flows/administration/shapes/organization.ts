import { z } from 'zod';
import { LONGEST_REMEMBERED } from '../../../domain/organization.ts';
import { acr, id, line, prose, time, version } from './values.ts';

/** What an organization decides for its people. */
export const organizationPolicy = {
  secondFactorRequired: z.boolean().describe('Everybody must have a second factor.'),
  secondFactorFrom: time.nullable().describe('Until then who has none is let in without; null: nobody is.'),
  methods: z.array(z.string()).min(1).nullable().describe('The only second factors to choose from; null: all.'),
  firstSetUp: z
    .enum(['open', 'permit'])
    .describe('Whether the first second factor is set up on the password alone, or with a permit.'),
  permitsWaived: z.boolean().describe('Who had a second factor sets up a new one on the password alone.'),
  numberChange: z.boolean().describe('People may give another number than staff entered.'),
  passkeysCountAsBoth: z.boolean().describe('A passkey takes the place of password and second factor.'),
  authenticators: z
    .array(z.guid().toLowerCase())
    .min(1)
    .nullable()
    .describe('AAGUIDs of the only models of security keys and passkeys; null: all.'),
  minimumAcr: acr.nullable().describe('The least of every sign-in; null: what people and applications say.'),
  rememberedDevices: z
    .int()
    .min(1)
    .max(LONGEST_REMEMBERED)
    .nullable()
    .describe('Days that a browser may stand in for a second factor that was proved in it; null: never.'),
  reason: prose.describe('Why a second factor is asked, in its own words.'),
  contact: prose.describe('Whom its people ask for help.'),
};

/** What tells one organization from another. */
const name = {
  code: line(100).describe('What its people type; no other has it.'),
  name: line(200).describe('What it is called.'),
};

/** Never changes. */
const organizationId = id.describe('The `org_id` of ID tokens, which never changes.');

/** Everything that administrators may enter about one. */
export const organizationFields = z.strictObject({ ...name, ...organizationPolicy });

/** A line of a list of organizations. */
export const organizationSummary = z
  .strictObject({
    id: organizationId,
    ...name,
    secondFactorRequired: organizationPolicy.secondFactorRequired,
    secondFactorFrom: organizationPolicy.secondFactorFrom,
  })
  .describe('An organization, in a list.');

/**
 * What it decides, and what that risks or rules out. Each has a text `administration.warning.<code>`:
 * - `one-method`: who loses it has no other
 * - `no-method`: none of the methods it allows can be used here
 * - `level-out-of-reach`: none of the methods it allows reaches the least that it demands
 * - `permits-waived`: who had a second factor may set up a new one with the password alone
 */
export const organizationWarnings = ['one-method', 'no-method', 'level-out-of-reach', 'permits-waived'] as const;

/** An organization as administrators see it. */
export const organization = z
  .strictObject({
    id: organizationId,
    ...organizationFields.shape,
    warnings: z.array(z.enum(organizationWarnings)).describe('What its decisions risk, or rule out.'),
    version,
  })
  .describe('An organization, and what it decides for its people.');
