import { z } from 'zod';
import { LONGEST_REMEMBERED } from '../../../domain/organization.ts';
import { acr, id, line, prose, time, version } from './values.ts';

/** What an organization decides for its people. */
export const organizationPolicy = {
  secondFactorRequired: z.boolean(),
  /** Who has none yet is let in without until then. */
  secondFactorFrom: time.nullable(),
  /** Null: all. */
  methods: z.array(z.string()).min(1).nullable(),
  firstSetUp: z.enum(['open', 'permit']),
  permitsWaived: z.boolean(),
  numberChange: z.boolean(),
  passkeysCountAsBoth: z.boolean(),
  /** AAGUIDs; null: all. */
  authenticators: z.array(z.guid().toLowerCase()).min(1).nullable(),
  minimumAcr: acr.nullable(),
  /** Days that a browser may stand in for a second factor that was proved in it; null: never. */
  rememberedDevices: z.int().min(1).max(LONGEST_REMEMBERED).nullable(),
  reason: prose,
  contact: prose,
};

/** What tells one organization from another. */
const name = { code: line(100), name: line(200) };

/** Everything that administrators may enter about one. */
export const organizationFields = z.strictObject({ ...name, ...organizationPolicy });

/** A line of a list of organizations. */
export const organizationSummary = z.strictObject({
  id,
  ...name,
  secondFactorRequired: organizationPolicy.secondFactorRequired,
  secondFactorFrom: organizationPolicy.secondFactorFrom,
});

/**
 * What it decides, and what that risks or rules out. Each has a text `administration.warning.<code>`:
 * - `one-method`: who loses it has no other
 * - `no-method`: none of the methods it allows can be used here
 * - `level-out-of-reach`: none of the methods it allows reaches the least that it demands
 * - `permits-waived`: who had a second factor may set up a new one with the password alone
 */
export const organizationWarnings = ['one-method', 'no-method', 'level-out-of-reach', 'permits-waived'] as const;

/** An organization as administrators see it. */
export const organization = z.strictObject({
  id,
  ...organizationFields.shape,
  warnings: z.array(z.enum(organizationWarnings)),
  version,
});
