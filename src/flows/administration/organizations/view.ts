import type { z } from 'zod';
import type { Organization } from '../../../domain/organization.ts';
import type { Kept } from '../../../domain/ports.ts';
import type { organization } from '../shapes/organization.ts';

/** An organization as the faces of administration show it. */
export function viewOf({ value, version }: Kept<Organization>): z.input<typeof organization> {
  const { secondFactorFrom, methods, authenticators, minimumAcr, rememberedDevices, reason, contact } = value;
  return {
    id: value.id,
    code: value.code,
    name: value.name,
    secondFactorRequired: value.secondFactorRequired,
    secondFactorFrom: secondFactorFrom ?? null,
    methods: methods === undefined ? null : [...methods],
    firstSetUp: value.firstSetUp,
    permitsWaived: value.permitsWaived,
    numberChange: value.numberChange,
    passkeysCountAsBoth: value.passkeysCountAsBoth,
    authenticators: authenticators === undefined ? null : [...authenticators],
    minimumAcr: minimumAcr ?? null,
    rememberedDevices: rememberedDevices ?? null,
    reason: reason ?? {},
    contact: contact ?? {},
    version,
  };
}
