import type { Config } from '../config.ts';
import type { SigningKey } from '../domain/signing-key.ts';
import { newSigningKey } from '../oidc/signing-keys.ts';
import { reencrypt } from '../stores/sql/reencrypt.ts';
import { systemClock } from '../system-clock.ts';
import { withStores } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** `sluis keys list` */
export async function listKeys(config: Config, terminal: Terminal): Promise<void> {
  await withStores(config, terminal, async ({ signingKeys }) => {
    const keys = await signingKeys.all();
    if (keys.length === 0) terminal.out.write('There is no signing key yet: the first start makes them.\n');
    for (const key of keys) {
      const signs = keys.find(({ algorithm }) => algorithm === key.algorithm) === key;
      const since = new Date(key.createdAt).toISOString();
      terminal.out.write(`${key.id}  ${key.algorithm}  ${since}  ${signs ? 'signs' : 'verifies'}\n`);
    }
  });
}

/** `sluis keys rotate` */
export async function rotateKeys(
  config: Config,
  algorithm: SigningKey['algorithm'],
  terminal: Terminal,
): Promise<void> {
  await withStores(config, terminal, async ({ signingKeys }) => {
    const key = await newSigningKey(algorithm, systemClock);
    await signingKeys.add(key);
    terminal.out.write(`${key.id}  ${algorithm}  signs as soon as Sluis is started anew\n`);
  });
}

/** `sluis keys reencrypt`: fails when something could not be read, because then the old key is still needed. */
export async function reencryptStored(config: Config, terminal: Terminal): Promise<void> {
  await withStores(config, terminal, async ({ database, vault }) => {
    const { moved, unreadable } = await reencrypt(database, vault);
    terminal.out.write(`${moved} moved to the first encryption key\n`);
    if (unreadable > 0)
      throw new Error(`${unreadable} are encrypted with none of the keys: keep the key that is missing here`);
  });
}
