import type { Config } from '../config.ts';
import { inviteAll } from '../flows/password/invite.ts';
import { systemClock } from '../system-clock.ts';
import { accountNamed, organizationNamed } from './looked-up.ts';
import { type Stores, withStores } from './stores.ts';
import type { Terminal } from './terminal.ts';

export interface InviteOptions {
  readonly username?: string;
  /** Code of the organization. */
  readonly office?: string;
  readonly withoutPassword?: boolean;
}

/** Accounts read at once. */
const BATCH = 500;

/** `sluis invite` */
export async function invite(config: Config, options: InviteOptions, terminal: Terminal): Promise<void> {
  if ((options.username === undefined) === (options.withoutPassword !== true)) {
    throw new Error('Name one person, or say --without-password.');
  }
  if (config.mail.host === undefined) throw new Error('There is no mail server: set mail.host first.');
  await withStores(config, terminal, async (stores) => {
    const needs = { ...stores, clock: systemClock };
    let [queued, unreachable] = [0, 0];
    for await (const ids of chosen(stores, options)) {
      const invited = await inviteAll(needs, ids);
      queued += invited.queued;
      unreachable += invited.unreachable;
    }
    terminal.out.write(`Invited: ${queued}\n`);
    if (unreachable > 0) terminal.out.write(`Not invited, for they have no address or are disabled: ${unreachable}\n`);
  });
}

async function* chosen(stores: Stores, { username, office }: InviteOptions): AsyncGenerator<readonly string[]> {
  if (username !== undefined) {
    yield [await idOf(stores, username, office)];
    return;
  }
  let ids = await stores.accounts.withoutPassword('', BATCH);
  while (ids.length > 0) {
    yield ids;
    ids = await stores.accounts.withoutPassword(ids.at(-1) ?? '', BATCH);
  }
}

async function idOf(stores: Stores, username: string, code?: string): Promise<string> {
  const organization = code === undefined ? undefined : await organizationNamed(stores, code);
  return (await accountNamed(stores, username, organization)).id;
}
