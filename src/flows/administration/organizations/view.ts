import type { z } from 'zod';
import type { Organization } from '../../../domain/organization.ts';
import type { Kept } from '../../../domain/ports.ts';
import type { Needs } from '../needs.ts';
import type { organization, organizationSummary } from '../shapes/organization.ts';
import { warningsAbout } from './warnings.ts';

/** An organization as the faces of administration show it. */
export function viewOf(
  needs: Pick<Needs, 'factors'>,
  { value, version }: Kept<Organization>,
): z.input<typeof organization> {
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
    warnings: warningsAbout(value, needs.factors),
    version,
  };
}

/** The same in a line of a list. */
export function summaryOf(value: Organization): z.input<typeof organizationSummary> {
  const { id, code, name, secondFactorRequired, secondFactorFrom } = value;
  return { id, code, name, secondFactorRequired, secondFactorFrom: secondFactorFrom ?? null };
}
