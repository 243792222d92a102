import type { Client } from '../../domain/client.ts';
import { isOwnPage } from '../../domain/own-page.ts';
import type { Access } from '../../domain/ports.ts';
import type { SessionStanding } from '../../domain/sign-in-request.ts';
import { noteChange } from '../own-factors/note.ts';
import { type Outcome, type Owning, refused } from '../own-factors/outcome.ts';
import { changer } from './admit.ts';
import type { Needs } from './needs.ts';

/** An application that may see something of the person. */
export interface OwnApplication extends Omit<Access, 'client'> {
  readonly client: Client;
}

/** The last used first; without this page, and without those that are no longer registered. */
export async function applicationsOf(needs: Needs, session: SessionStanding): Promise<readonly OwnApplication[]> {
  const accesses = (await needs.accesses.of(session.account, session.epoch)).filter(({ client }) => !isOwnPage(client));
  const found = accesses.map(async ({ client: id, ...access }) => {
    const client = await needs.clients.byId(id);
    return client === undefined ? [] : [{ client, ...access }];
  });
  return (await Promise.all(found)).flat();
}

/** Takes back everything that an application may see, wherever the person is signed in, and tells it. */
export async function takeBack(needs: Needs, owning: Owning, client: string): Promise<Outcome> {
  const account = await changer(needs, owning);
  if (account === undefined) return refused('unproved');
  if (isOwnPage(client) || !(await needs.accesses.takeBack(account.id, client))) return refused('unknown');
  await noteChange(needs, owning, [{ type: 'account.access-taken-back', client }]);
  return { ok: true };
}
