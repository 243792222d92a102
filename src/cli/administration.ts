import { pino } from 'pino';
import { type AdministrationParts, openAdministration } from '../assembly/administration.ts';
import type { AcceptanceParts } from '../assembly/client-acceptance.ts';
import { ownFactors } from '../assembly/factors.ts';
import { smtpMailer } from '../assembly/mail.ts';
import type { Sms, SmsParts } from '../assembly/sms.ts';
import { openStores } from '../assembly/stores.ts';
import type { Config } from '../config.ts';
import type { Client } from '../domain/client.ts';
import type { Administration } from '../flows/administration/index.ts';
import { withOrganization } from '../flows/audit/with-organization.ts';
import { createLetters } from '../flows/mail/letters.ts';
import { withNotices } from '../flows/notices/index.ts';
import { sessionEnds } from '../oidc/session-ends.ts';
import { migrate } from '../stores/sql/migrate.ts';
import { systemClock as clock } from '../system-clock.ts';
import { type Terminal, threadPoolOf } from './terminal.ts';

/** What commands of administration work with. */
export interface Opened {
  readonly administration: Administration;
  readonly needs: AdministrationParts['needs'];
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
    const factors = ownFactors(config, { ...stores, clock });
    const letters = createLetters({ queue: stores.mailQueue, clock, language: config.mail.language });
    // A deployment without mail would never empty the queue.
    const hasMail = mailer !== undefined;
    const written = withOrganization(stores.audit, stores.accounts);
    const audit = hasMail
      ? withNotices(written, { ...stores, letters, factors, help: '/forgotten-password' })
      : written;
    const endSessions = sessionEnds({ sessions: stores.sessions, queue: stores.logoutQueue, clock });
    texts = await textsOf(config, { ...stores, audit, clock, logger });
    const needs = { factors, clock, audit, endSessions };
    const administration = openAdministration(config, {
      stores,
      needs,
      mailer,
      textMessages: texts?.textMessages,
      acceptsClient: (client) => accepts(config, { stores, clock, logger }, client),
    });
    return await work({ administration, needs, stores, hasMail });
  } finally {
    await texts?.close();
    await mailer?.close?.();
    await stores.close();
  }
}

/** Loads oidc-provider, which few commands need. */
async function accepts(config: Config, parts: AcceptanceParts, client: Client): Promise<boolean> {
  const { openClientAcceptance } = await import('../assembly/client-acceptance.ts');
  return (await openClientAcceptance(config, parts))(client);
}

/** Text messages, through a gateway that is configured: whoever mounts Sluis may have brought one, which is not at hand here. */
async function textsOf(config: Config, parts: SmsParts): Promise<Sms | undefined> {
  if (config.sms.gateway === undefined) return undefined;
  const { openSms } = await import('../assembly/sms.ts');
  return openSms(config, parts);
}
