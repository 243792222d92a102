import type { Screen } from '../../../src/flows/sign-in/screen.ts';
import type { Sitting } from '../sitting.ts';
import type { Challenge, Oddity, SoftKey } from './soft-key.ts';

/** How a browser on a page of the test's Sluis describes itself. */
const here = { rpId: 'localhost', origin: 'http://localhost:3999' };

interface Shown {
  readonly options: { readonly challenge: string; readonly user?: { readonly id: string } };
}

/** What a screen asks a key for. @param by the factor, where it stands beside another one */
export function challengeOf({ show, alongside }: Screen, by?: string): Challenge {
  const { options } = (by === undefined ? show : (alongside?.[by] ?? {})) as Shown;
  return { ...here, challenge: options.challenge };
}

/** The form that a key's answer is posted in. */
export function formOf(answer: object, more: object = {}) {
  return { response: JSON.stringify(answer), ...more };
}

/** Registers a key at the page last seen. @returns the page that follows, which asks for a name where it is no passkey */
export async function registerKey(sitting: Sitting, key: SoftKey, oddity: Oddity = {}): Promise<Screen> {
  return sitting.answer(formOf(key.register(challengeOf(await sitting.look()), oddity)));
}

/** Proves a key at the page last seen. */
export async function proveKey(sitting: Sitting, key: SoftKey, oddity: Oddity = {}): Promise<Screen> {
  return sitting.answer(formOf(key.answer(challengeOf(await sitting.look()), oddity)));
}
