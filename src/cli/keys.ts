import { keyTimesOf } from '../assembly/key-times.ts';
import type { Config } from '../config.ts';
import type { SigningKey } from '../domain/signing-key.ts';
import { commandLine } from '../flows/administration/actor.ts';
import { viewOf } from '../flows/administration/keys/view.ts';
import { Refusal } from '../flows/administration/refusal.ts';
import type { Needs } from '../flows/signing-keys/needs.ts';
import { rotate } from '../flows/signing-keys/rotate.ts';
import { standingKeys } from '../flows/signing-keys/standing.ts';
import { withdraw } from '../flows/signing-keys/withdraw.ts';
import { reencrypt } from '../stores/sql/reencrypt.ts';
import { systemClock as clock } from '../system-clock.ts';
import { confirm } from './confirm.ts';
import { withStores } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** How to print results. */
export interface Printing {
  /** For programs. */
  readonly json?: boolean;
}

const refusals: Partial<Record<string, string>> = {
  waiting: 'another key waits to sign (sluis keys list): let it, withdraw it, or name --now',
  'in-use': 'this key signs: have another one take its place first (sluis keys rotate --now)',
  'not-found': 'no key has this id: it may be retired already (sluis keys list)',
};

/** `sluis keys list` */
export async function listKeys(config: Config, { json = false }: Printing, terminal: Terminal): Promise<void> {
  await withKeys(config, terminal, async (needs) => {
    const keys = (await standingKeys(needs)).map(viewOf);
    if (json) return print(terminal, keys.map(inWords));
    if (keys.length === 0) terminal.out.write('There is no signing key yet: the first start makes them.\n');
    for (const key of keys) {
      const { id, algorithm, state, signsFrom, retiresAt } = inWords(key);
      const until = retiresAt === null ? '' : `  until ${retiresAt}`;
      terminal.out.write(`${id}  ${algorithm}  ${state.padEnd(9)}  from ${signsFrom}${until}\n`);
    }
  });
}

export interface RotateOptions extends Printing {
  readonly algorithm: SigningKey['algorithm'];
  readonly now?: boolean;
}

/** `sluis keys rotate` */
export async function rotateKeys(config: Config, options: RotateOptions, terminal: Terminal): Promise<void> {
  const { algorithm, now = false, json = false } = options;
  await withKeys(config, terminal, async (needs) => {
    const { id, ...key } = await rotate(needs, commandLine, { algorithm, immediately: now });
    const [publishedAt, signsFrom] = [isoOf(key.createdAt), isoOf(key.signsFrom)];
    if (json) print(terminal, { id, algorithm, publishedAt, signsFrom });
    else terminal.out.write(`${id}  ${algorithm}  signs from ${signsFrom}\n`);
  });
}

/** `sluis keys withdraw`. @throws unless it was agreed to: a key does not come back */
export async function withdrawKey(
  config: Config,
  { id, yes = false, json = false }: Printing & { readonly id: string; readonly yes?: boolean },
  terminal: Terminal,
): Promise<void> {
  const warning = 'Applications refuse what this key signed, and it does not come back.';
  await confirm(terminal, { warning, name: id, yes });
  await withKeys(config, terminal, async (needs) => {
    await withdraw(needs, commandLine, id);
    if (json) print(terminal, { id });
    else terminal.out.write(`${id}  withdrawn\n`);
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

async function withKeys(config: Config, terminal: Terminal, work: (needs: Needs) => Promise<void>): Promise<void> {
  try {
    await withStores(config, terminal, (stores) => work({ ...stores, clock, keyTimes: keyTimesOf(config) }));
  } catch (error) {
    throw error instanceof Refusal ? new Error(refusals[error.code] ?? error.code) : error;
  }
}

/** Times as people and programs read them. */
function inWords(key: ReturnType<typeof viewOf>) {
  const retiresAt = key.retiresAt === null ? null : isoOf(key.retiresAt);
  return { ...key, publishedAt: isoOf(key.publishedAt), signsFrom: isoOf(key.signsFrom), retiresAt };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

function print({ out }: Terminal, value: unknown): void {
  out.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
