import type { RememberedDevices } from '../../domain/ports.ts';
import { type DeviceHolder, isStanding, type RememberedDevice } from '../../domain/remembered-device.ts';
import { deviceKey } from './key.ts';

/** What may name a remembered device. */
export interface Named {
  /** As they came from a cookie, whosever devices they are of. */
  readonly secrets: readonly string[];
  /** Id of the one that stood in when the session began. */
  readonly session?: string | undefined;
}

/** The device that may stand in for this account's second factor now, if there is one. */
export async function deviceStandingIn(
  { devices }: { readonly devices: RememberedDevices },
  { secrets, session }: Named,
  holder: DeviceHolder,
): Promise<RememberedDevice | undefined> {
  const used = session === undefined ? undefined : await devices.byId(session);
  if (used !== undefined && isStanding(used, holder)) return used;
  if (secrets.length === 0) return undefined;
  const found = await devices.find(secrets.map(deviceKey));
  return found.find((device) => isStanding(device, holder));
}
