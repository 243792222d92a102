import { generateSync } from 'otplib';
import type { Clock } from '../../src/domain/clock.ts';
import { TOTP_KEY } from './seed.ts';
import type { Sitting } from './sitting.ts';

/** What an authenticator app shows at this moment. @param ahead steps of 30 seconds */
export function appCode(clock: Clock, key = TOTP_KEY, ahead = 0): string {
  return generateSync({ secret: key.replaceAll(' ', ''), epoch: Math.floor(clock.now() / 1000) + 30 * ahead });
}

/** A code of six digits that no app shows around this moment. */
export function wrongCode(clock: Clock, key = TOTP_KEY): string {
  const right = [-2, -1, 0, 1, 2].map((ahead) => appCode(clock, key, ahead));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? '';
}

/** Goes through the wizard from its notice on: an app, and recovery codes that are kept. */
export async function throughWizard(clock: Clock, sitting: Sitting): Promise<{ key: string; codes: string[] }> {
  await sitting.answer({});
  const { key } = (await sitting.look()).show as { key: string };
  const { codes } = (await sitting.code(appCode(clock, key))).show as { codes: string[] };
  await sitting.answer({ kept: 'on' });
  return { key, codes };
}
