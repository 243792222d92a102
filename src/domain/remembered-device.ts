import type { Epoch } from './login.ts';
import type { SignInPolicy } from './organization.ts';

/** A browser in which somebody proved a second factor, and where they are not asked for it again for a while. */
export interface RememberedDevice {
  readonly id: string;
  /** Digest of the secret that the browser keeps. */
  readonly key: string;
  readonly account: string;
  /** The account's, when the factor was proved: the device stands in for nothing once that is another. */
  readonly epoch: Epoch;
  /** When the factor was proved; this and the others in milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly lastUsedAt: number;
  /** As long as the person was told. The organization may have shortened it since: `endOf`. */
  readonly until: number;
  /** Where the person was then, and what their browser says it is. */
  readonly address?: string;
  readonly agent?: string;
}

const DAY = 24 * 3_600_000;

/** The end of a device that is remembered from now on. @param days as the organization lets it */
export function untilAfter(now: number, days: number): number {
  return now + days * DAY;
}

/**
 * When a device ends: as the person was told, or earlier where their organization allows less by now. Undefined where it allows none.
 */
export function endOf(
  { createdAt, until }: Pick<RememberedDevice, 'createdAt' | 'until'>,
  { rememberedDevices }: Pick<SignInPolicy, 'rememberedDevices'>,
): number | undefined {
  return rememberedDevices === undefined ? undefined : Math.min(until, untilAfter(createdAt, rememberedDevices));
}

/** What a device is held against. */
export interface DeviceHolder {
  readonly account: string;
  /** The account's at this moment. */
  readonly epoch: Epoch;
  readonly policy: Pick<SignInPolicy, 'rememberedDevices'>;
  readonly now: number;
}

/** Whether a device is still good for this account as it is now. */
export function isStanding(device: RememberedDevice, { account, epoch, policy, now }: DeviceHolder): boolean {
  const end = endOf(device, policy);
  return device.account === account && device.epoch === epoch && end !== undefined && now < end;
}
