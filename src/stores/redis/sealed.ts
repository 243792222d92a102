import type { Vault } from '../../domain/ports.ts';

/** JSON, encrypted and bound to the key it is stored under. */
export function sealJson(vault: Vault, value: unknown, key: string): string {
  return vault.seal(JSON.stringify(value), key);
}

/**
 * What `sealJson` made, or undefined when no key of the keyring opens it: an entry from before the keys were replaced, or one
 * that was tampered with, counts as not there.
 */
export function openJson<Value>(vault: Vault, sealed: string, key: string): Value | undefined {
  let plain: string;
  try {
    plain = vault.open(sealed, key);
  } catch {
    return undefined;
  }
  return JSON.parse(plain) as Value;
}
