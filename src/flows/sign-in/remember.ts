import { type GivenDevice, rememberDevice } from '../devices/remember.ts';
import type { Needs } from './needs.ts';
import type { Standing } from './standing.ts';
import type { Turn } from './turn.ts';

/**
 * For how many days the person may ask not to be asked again in this browser, while they prove a second factor; undefined where they may
 * not. Never for a recovery code: who gives one has lost what they would be asked for, and may be at a computer that is not theirs.
 */
export function daysOffered(
  { factors, settings }: Pick<Needs, 'factors' | 'settings'>,
  { step, stages, organization }: Standing,
): number | undefined {
  if (step.at !== 'prove') return undefined;
  const isSecond = factors.some(({ name, role }) => name === step.factor && role === 'second');
  const isRememberable = stages.some(({ remembered, any }) => remembered && any.includes(step.factor));
  return isSecond && isRememberable ? (organization ?? settings.policy).rememberedDevices : undefined;
}

/** Remembers the browser of who has just proved a second factor in it. */
export async function rememberBrowser({ needs, visitor, standing, trail }: Turn, days: number): Promise<GivenDevice> {
  const { address, agent, devices: secrets = [] } = visitor;
  const { account = '', epoch = '' } = standing.login;
  const owned = { account, epoch, address, ...(agent !== undefined && { agent }) };
  const given = await rememberDevice(needs, { ...owned, days, secrets });
  trail.note('device.remembered', account, { device: given.id, days });
  return given;
}
