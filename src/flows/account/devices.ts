import { epochOf } from '../../domain/login.ts';
import { endOf, isStanding } from '../../domain/remembered-device.ts';
import { deviceKey } from '../devices/key.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { ownerOf } from '../own-factors/owner.ts';
import { admits } from './admit.ts';
import { type Device, deviceOf } from './device.ts';
import type { Needs } from './needs.ts';

/** A browser in which the person is not asked for their second factor for a while. Times are milliseconds since the Unix epoch. */
export interface OwnDevice {
  readonly id: string;
  readonly device: Device;
  /** Where it was when the person proved their second factor in it. */
  readonly address?: string;
  readonly rememberedAt: number;
  readonly usedAt: number;
  readonly until: number;
  /** The one that asks. */
  readonly here: boolean;
}

/**
 * Those that are good at this moment, the last used first.
 * @param secrets what the browser that asks keeps
 * @returns undefined where the person's organization lets nobody have any
 */
export async function devicesOf(
  needs: Needs,
  { session }: Owning,
  secrets: readonly string[],
): Promise<readonly OwnDevice[] | undefined> {
  const owner = await ownerOf(needs, session);
  if (owner?.policy.rememberedDevices === undefined) return undefined;
  const { account, set, policy } = owner;
  const holder = { account: account.id, epoch: epochOf(account, set), policy, now: needs.clock.now() };
  const keys = secrets.map(deviceKey);
  const all = await needs.devices.of(account.id);
  return all
    .filter((device) => isStanding(device, holder))
    .map(({ id, key, address, agent, createdAt, lastUsedAt, ...device }) => ({
      id,
      device: deviceOf(agent),
      ...(address !== undefined && { address }),
      rememberedAt: createdAt,
      usedAt: lastUsedAt,
      until: endOf({ createdAt, ...device }, policy) ?? createdAt,
      here: keys.includes(key),
    }));
}

/**
 * The person is asked for their second factor there again, from the next sign-in on. Sessions go on until an application asks anew.
 * @param id of one of them; all of them without it
 */
export async function forgetDevices(needs: Needs, owning: Owning, id?: string): Promise<Outcome> {
  const { session } = owning;
  if (!(await admits(needs, session, true))) return refused('unproved');
  const gone = await needs.devices.remove(session.account, id === undefined ? undefined : [id]);
  if (gone === 0) return refused('unknown');
  const event =
    id === undefined
      ? { type: 'device.all-forgotten', details: { devices: gone } }
      : { type: 'device.forgotten', details: { device: id } };
  await noteChange(needs, owning, [event]);
  return { ok: true };
}
