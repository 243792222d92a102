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

/** An organization as administrators see it. */
export const organization = z.strictObject({
  id,
  code: line(100),
  name: line(200),
  ...organizationPolicy,
  version,
});
