import { generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';
import type { Clock } from '../domain/clock.ts';
import type { SigningKeys } from '../domain/ports.ts';
import type { SigningKey } from '../domain/signing-key.ts';

const generate = promisify(generateKeyPair);

/** The keys that sign ID tokens, youngest first. At the first start, makes one for each algorithm. */
export async function ensureSigningKeys(keys: SigningKeys, clock: Clock): Promise<readonly SigningKey[]> {
  const standing = await keys.all();
  for (const algorithm of ['ES256', 'RS256'] as const) {
    if (standing.some((key) => key.algorithm === algorithm)) continue;
    // Whether this one or that of a process that started beside us was first does not matter: all of them are read again.
    await keys.addFirst(await newSigningKey(algorithm, clock));
  }
  return keys.all();
}

/** A fresh key: P-256 for ES256, 2048 bits for RS256 (RFC 7518, sections 3.3 and 3.4). */
export async function newSigningKey(algorithm: SigningKey['algorithm'], clock: Clock): Promise<SigningKey> {
  const { privateKey } =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 });
  return { id: randomUUID(), algorithm, jwk: { ...privateKey.export({ format: 'jwk' }) }, createdAt: clock.now() };
}

/** As oidc-provider takes them: all are published, and the first of an algorithm signs. */
export function jwksOf(keys: readonly SigningKey[]): { keys: JWK[] } {
  const youngestFirst = [...keys].sort((one, other) => other.createdAt - one.createdAt);
  return { keys: youngestFirst.map(({ id, algorithm, jwk }) => ({ ...jwk, kid: id, alg: algorithm, use: 'sig' })) };
}
