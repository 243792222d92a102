import type { AuditEvent } from '../../domain/audit.ts';
import type { FactorTraits } from '../../domain/factor.ts';
import type { AccountSource, AuditLog, Clients, Letters } from '../../domain/ports.ts';
import { noticeOf } from './notice-of.ts';

export interface NoticeParts {
  readonly letters: Letters;
  readonly accounts: Pick<AccountSource, 'byId'>;
  readonly clients: Pick<Clients, 'byId'>;
  readonly factors: readonly FactorTraits[];
  /** A path below the issuer, for who does not recognise what they are told. */
  readonly help: string;
}

/**
 * An audit log whose events are told to whom they concern: every flow writes its events there, so none has to think of the mail.
 * Events come first; a notice that cannot be queued fails the request as an event does.
 */
export function withNotices(audit: AuditLog, parts: NoticeParts): AuditLog {
  return {
    async append(events) {
      await audit.append(events);
      for (const event of events) await tell(event, parts);
    },
  };
}

async function tell(event: AuditEvent, { letters, accounts, clients, factors, help }: NoticeParts): Promise<void> {
  const notice = noticeOf(event, factors);
  const account = notice && event.account !== undefined ? await accounts.byId(event.account) : undefined;
  if (notice === undefined || account === undefined) return;
  const client = event.client === undefined ? undefined : await clients.byId(event.client);
  const { at, address, details } = event;
  const factor = details?.factor;
  await letters.send(account, {
    name: `notice.${notice}`,
    values: {
      at,
      help,
      ...(address !== undefined && { address }),
      ...(client !== undefined && { client: client.name }),
      ...(factor !== undefined && { factor }),
    },
  });
}
