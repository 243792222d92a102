import { generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { SigningKeys } from '../domain/ports.ts';
import type { SigningKey, StandingKey } from '../domain/signing-key.ts';

const generate = promisify(generateKeyPair);

/** At the first start, makes a key for each algorithm. It signs at once: nobody can have read a key set without it. */
export async function ensureSigningKeys(keys: Pick<SigningKeys, 'all' | 'addFirst'>, clock: Clock): Promise<void> {
  const standing = await keys.all();
  for (const algorithm of ['ES256', 'RS256'] as const) {
    if (standing.some((key) => key.algorithm === algorithm)) continue;
    // Whether this one or that of a process that started beside us was first does not matter: all of them are read again.
    await keys.addFirst(await newSigningKey(algorithm, clock));
  }
}

/**
 * A fresh key: P-256 for ES256, 2048 bits for RS256 (RFC 7518, sections 3.3 and 3.4).
 * @param waits milliseconds that it is published before it signs
 */
export async function newSigningKey(algorithm: SigningKey['algorithm'], clock: Clock, waits = 0): Promise<SigningKey> {
  const { privateKey } =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 });
  const createdAt = clock.now();
  return {
    id: randomUUID(),
    algorithm,
    jwk: { ...privateKey.export({ format: 'jwk' }) },
    createdAt,
    signsFrom: createdAt + waits,
  };
}

/** What to publish. oidc-provider signs with the first that fits an algorithm: hence the one that signs is first. */
export function inUse(keys: readonly StandingKey[]): readonly SigningKey[] {
  const inState = (wanted: StandingKey['state']) => keys.filter(({ state }) => state === wanted);
  return [...inState('signing'), ...inState('waiting'), ...inState('verifying')];
}

/** As oidc-provider takes them: all are published, and the first of an algorithm signs. */
export function jwksOf(keys: readonly SigningKey[]): { keys: JWK[] } {
  return { keys: keys.map(({ id, algorithm, jwk }) => ({ ...jwk, kid: id, alg: algorithm, use: 'sig' })) };
}
