import type { SigningKey } from '../../domain/signing-key.ts';
import type { Actor } from '../administration/actor.ts';
import { note } from '../administration/note.ts';
import type { Needs } from './needs.ts';

interface Event {
  readonly type: 'key.rotated' | 'key.withdrawn';
  readonly key: SigningKey;
}

/** Writes down what somebody did with a key. */
export function noteKey(needs: Needs, actor: Actor, { type, key: { id, algorithm, signsFrom } }: Event): Promise<void> {
  return note(needs, actor, { type, details: { key: id, algorithm, signsFrom } });
}
