import { pino } from 'pino';
import { openAdministration } from '../assembly/administration.ts';
import { factorSettings } from '../assembly/factors.ts';
import { smtpMailer } from '../assembly/mail.ts';
import type { Sms, SmsParts } from '../assembly/sms.ts';
import { openStores } from '../assembly/stores.ts';
import type { Config } from '../config.ts';
import { factors as everyFactor } from '../factors/index.ts';
import type { Administration } from '../flows/administration/index.ts';
import { createLetters } from '../flows/mail/letters.ts';
import { withNotices } from '../flows/notices/index.ts';
import { sessionEnds } from '../oidc/session-ends.ts';
import { migrate } from '../stores/sql/migrate.ts';
import { systemClock as clock } from '../system-clock.ts';
import { type Terminal, threadPoolOf } from './terminal.ts';

/** What commands of administration work with. */
export interface Opened {
  readonly administration: Administration;
  readonly stores: Awaited<ReturnType<typeof openStores>>;
  readonly hasMail: boolean;
}

/** Opens administration for one command. Mail and messages to applications wait in their queues for a running server. */
export async function withAdministration<Result>(
  config: Config,
  terminal: Terminal,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const logger = pino({ level: 'silent' });
  const stores = await openStores(config, { clock, logger, threadPool: threadPoolOf(terminal) });
  const mailer = smtpMailer(config);
  let texts: Sms | undefined;
  try {
    await migrate(stores.database);
    const factors = everyFactor({ ...stores, clock, settings: factorSettings(config) });
    const letters = createLetters({ queue: stores.mailQueue, clock, language: config.mail.language });
    // A deployment without mail would never empty the queue.
    const hasMail = mailer !== undefined;
    const noticed = { ...stores, letters, factors, help: '/cannot-sign-in' };
    const audit = hasMail ? withNotices(stores.audit, noticed) : stores.audit;
    const endSessions = sessionEnds({ sessions: stores.sessions, queue: stores.logoutQueue, clock });
    texts = await textsOf(config, { ...stores, audit, clock, logger });
    const administration = openAdministration(config, {
      stores,
      needs: { factors, clock, audit, endSessions },
      mailer,
      textMessages: texts?.textMessages,
    });
    return await work({ administration, stores, hasMail });
  } finally {
    await texts?.close();
    await mailer?.close?.();
    await stores.close();
  }
}

/** Text messages, through a gateway that is configured: whoever mounts Sluis may have brought one, which is not at hand here. */
async function textsOf(config: Config, parts: SmsParts): Promise<Sms | undefined> {
  if (config.sms.gateway === undefined) return undefined;
  const { openSms } = await import('../assembly/sms.ts');
  return openSms(config, parts);
}
