import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { RememberedDevices } from '../../domain/ports.ts';
import { type RememberedDevice, untilAfter } from '../../domain/remembered-device.ts';
import { deviceKey } from './key.ts';

/** Devices of one account. Beyond these, what was not used for longest goes. */
const MOST_OF_ACCOUNT = 20;

/** Whose device it is to be, and where. */
export interface Remembering extends Pick<RememberedDevice, 'account' | 'epoch' | 'address' | 'agent'> {
  /** For how long. */
  readonly days: number;
  /** What the browser keeps of the people who are remembered in it. */
  readonly secrets: readonly string[];
}

/** A device that is remembered from now on. */
export interface GivenDevice {
  readonly id: string;
  /** Everything that the browser keeps from now on: the new secret, and those of other people. */
  readonly secrets: readonly string[];
}

/**
 * Remembers a browser for an account, in the place of what was remembered for it there. Its secret stays the same for as long as it is
 * good: with a new one at each use, an answer that is lost or two tabs at once would cost people their device.
 */
export async function rememberDevice(
  { devices, clock }: { readonly devices: RememberedDevices; readonly clock: Clock },
  { days, secrets, ...owned }: Remembering,
): Promise<GivenDevice> {
  const [id, secret, now] = [randomUUID(), randomBytes(32).toString('base64url'), clock.now()];
  const found = await devices.find(secrets.map(deviceKey));
  const ours = found.filter(({ account }) => account === owned.account).map((device) => device.id);
  const until = untilAfter(now, days);
  await devices.remove(owned.account, ours);
  const device = { id, key: deviceKey(secret), ...owned, createdAt: now, lastUsedAt: now, until };
  await devices.add(device, { now, most: MOST_OF_ACCOUNT });
  const others = secrets.filter((one) =>
    found.some(({ key, account }) => key === deviceKey(one) && account !== owned.account),
  );
  return { id, secrets: [secret, ...others] };
}
