import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/domain/clock.ts';
import type { SigningKeys } from '../../src/domain/ports.ts';
import type { SigningKey } from '../../src/domain/signing-key.ts';
import { newSigningKey } from '../../src/oidc/signing-keys.ts';
import { systemClock } from '../../src/system-clock.ts';

const made = new Map<SigningKey['algorithm'], Promise<SigningKey>>();

/** Gives stores the keys that the first start would make. They are made once a process: an RSA key takes longer than most tests. */
export async function giveSigningKeys(keys: Pick<SigningKeys, 'addFirst'>, clock: Clock): Promise<void> {
  for (const algorithm of ['ES256', 'RS256'] as const) {
    const key = made.get(algorithm) ?? newSigningKey(algorithm, systemClock);
    made.set(algorithm, key);
    await keys.addFirst({ ...(await key), id: randomUUID(), createdAt: clock.now(), signsFrom: clock.now() });
  }
}
