import { pino } from 'pino';
import { factorSettings } from '../assembly/factors.ts';
import { openStores } from '../assembly/stores.ts';
import type { Config } from '../config.ts';
import { factors } from '../factors/index.ts';
import { commandLine } from '../flows/administration/actor.ts';
import { note } from '../flows/administration/note.ts';
import { createLetters } from '../flows/mail/letters.ts';
import { withNotices } from '../flows/notices/index.ts';
import { handOverPermit } from '../flows/permits/hand-over.ts';
import { sessionEnds } from '../oidc/session-ends.ts';
import { migrate } from '../stores/sql/migrate.ts';
import { systemClock as clock } from '../system-clock.ts';
import { type Terminal, threadPoolOf } from './terminal.ts';

export interface PermitOptions {
  readonly username: string;
  readonly office?: string | undefined;
  readonly reset: boolean;
}

const refusals = {
  disabled: 'nobody who can sign in is called that: check the username, and --office',
  'holds-factor': 'this person has a second factor or recovery codes: name --reset to take them away',
};

/** `sluis permit`: mail and messages to applications are put into their queues, for the server to send. */
export async function permit(config: Config, options: PermitOptions, terminal: Terminal): Promise<void> {
  const { username, office, reset } = options;
  const logger = pino({ level: 'silent' });
  const stores = await openStores(config, { clock, logger, threadPool: threadPoolOf(terminal) });
  try {
    await migrate(stores.database);
    const letters = createLetters({ queue: stores.mailQueue, clock, language: config.mail.language });
    const every = factors({ ...stores, clock, settings: factorSettings(config) });
    const noticed = { ...stores, letters, factors: every, help: '/cannot-sign-in' };
    const needs = {
      ...stores,
      clock,
      // A deployment without mail would never empty the queue.
      audit: config.mail.host === undefined ? stores.audit : withNotices(stores.audit, noticed),
      endSessions: sessionEnds({ sessions: stores.sessions, queue: stores.logoutQueue, clock }),
    };
    const organization = office === undefined ? null : (await stores.organizations.byCode(office))?.id;
    const account = organization === undefined ? undefined : await stores.accounts.byName(username, organization);
    if (account === undefined) throw new Error(refusals.disabled);
    const given = await handOverPermit(needs, account, {
      reset,
      note: (type) => note(needs, commandLine, { type, account: account.id, details: { way: 'staff' } }),
    });
    if ('refused' in given) throw new Error(refusals[given.refused]);
    terminal.out.write(`${given.code}  until ${new Date(given.until).toISOString()}, once, for ${username} alone\n`);
  } finally {
    await stores.close();
  }
}
