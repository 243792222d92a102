import { pino } from 'pino';
import { openStores } from '../assembly/stores.ts';
import type { Config } from '../config.ts';
import { erasePerson } from '../flows/personal-data/erase.ts';
import { forgetSessions } from '../oidc/forget-sessions.ts';
import { sessionEnds } from '../oidc/session-ends.ts';
import { migrate } from '../stores/sql/migrate.ts';
import { systemClock as clock } from '../system-clock.ts';
import { type Terminal, threadPoolOf } from './terminal.ts';

export interface EraseOptions {
  /** Username, or with `id` the account itself. */
  readonly person: string;
  readonly office?: string;
  readonly id: boolean;
  readonly yes: boolean;
}

const refusals = {
  unknown: 'There is no such person.',
  last: 'Nobody else has their role: give it to somebody first.',
};

/** `sluis erase` */
export async function erase(config: Config, options: EraseOptions, terminal: Terminal): Promise<void> {
  if (!options.yes) throw new Error('Nobody can bring back who was erased: say --yes.');
  const logger = pino({ level: 'silent' });
  const stores = await openStores(config, { clock, logger, threadPool: threadPoolOf(terminal) });
  try {
    await migrate(stores.database);
    const needs = {
      ...stores,
      clock,
      endSessions: sessionEnds({ sessions: stores.sessions, queue: stores.logoutQueue, clock }),
      forgetSessions: forgetSessions(stores),
    };
    const id = options.id ? options.person : await idOf(stores, options);
    const erasure = await erasePerson(needs, { id, again: options.id }, { details: { by: 'command-line' } });
    if ('refused' in erasure) throw new Error(refusals[erasure.refused]);
    terminal.out.write(`Erased, with what ${erasure.events} events told of them.\n`);
  } finally {
    await stores.close();
  }
}

async function idOf(
  { accounts, organizations }: Awaited<ReturnType<typeof openStores>>,
  { person, office }: EraseOptions,
): Promise<string> {
  const organization = office === undefined ? undefined : await organizations.byCode(office);
  if (office !== undefined && organization === undefined) throw new Error('There is no such organization.');
  const account = await accounts.byName(person, organization?.id);
  if (account === undefined) throw new Error('There is no such person, or more than one: name their --office.');
  return account.id;
}
