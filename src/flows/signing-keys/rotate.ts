import type { SigningKey } from '../../domain/signing-key.ts';
import { newSigningKey } from '../../oidc/signing-keys.ts';
import type { Actor } from '../administration/actor.ts';
import { Refusal } from '../administration/refusal.ts';
import type { Needs } from './needs.ts';
import { noteKey } from './note.ts';
import { standingKeys } from './standing.ts';

export interface Rotation {
  readonly algorithm: SigningKey['algorithm'];
  /**
   * For when a key leaked: the new one signs at once, and one that waits is withdrawn. Applications that keep the key set refuse tokens
   * until they read it again.
   */
  readonly immediately: boolean;
}

/**
 * Makes the next key of an algorithm: published now, it signs after the lead time. The very first signs at once. The one before it stays
 * published for what it signed.
 * @throws {Refusal} `waiting` while another one has yet to sign
 */
export async function rotate(needs: Needs, actor: Actor, { algorithm, immediately }: Rotation): Promise<SigningKey> {
  const { signingKeys, clock, keyTimes } = needs;
  const standing = (await standingKeys(needs)).filter((key) => key.algorithm === algorithm);
  const now = clock.now();
  const waiting = standing.filter(({ signsFrom }) => signsFrom > now);
  if (waiting.length > 0 && !immediately) throw new Refusal('waiting');

  const key = await newSigningKey(algorithm, clock, immediately || standing.length === 0 ? 0 : keyTimes.lead);
  const added = immediately ? await signingKeys.add(key) : await signingKeys.addNext(key, now);
  // Somebody else was first.
  if (!added) throw new Refusal('waiting');
  await noteKey(needs, actor, { type: 'key.rotated', key });
  // After the new one stands: there are never too few.
  for (const one of waiting) {
    if (await signingKeys.remove(one.id)) await noteKey(needs, actor, { type: 'key.withdrawn', key: one });
  }
  return key;
}
