import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { AuditLog, OutgoingText, SendingLimits, SmsGateway, TextMessages } from '../../domain/ports.ts';
import { Undelivered } from '../../domain/undelivered.ts';
import { destinationOf } from './destination.ts';

export interface TextMessageParts {
  /** In the order in which they are asked. */
  readonly gateways: readonly SmsGateway[];
  readonly limits: SendingLimits;
  /** Where messages may go: ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Sends text messages: country, then limits, then one gateway after the other until one has the message. */
export function createTextMessages(parts: TextMessageParts): TextMessages {
  const { audit, clock, logger } = parts;
  return {
    async send(outgoing) {
      const { account, address } = outgoing;
      const note = (type: string, details: Readonly<Record<string, string>>) =>
        audit.append([{ at: clock.now(), type, account, address, details }]);
      try {
        const gateway = await deliver(outgoing, parts);
        logger.info({ account, gateway }, 'text message sent');
        await note('text-message.sent', { gateway });
      } catch (error) {
        if (!(error instanceof Undelivered)) throw error;
        const { reason, detail = '' } = error;
        logger.warn({ account, reason, detail }, 'text message not sent');
        await note('text-message.undelivered', { reason, detail });
        throw error;
      }
    },
  };
}

/** @returns the name of the gateway that took it */
async function deliver(outgoing: OutgoingText, parts: TextMessageParts): Promise<string> {
  const { number, account, address, text, id } = outgoing;
  const destination = await destinationOf(number, parts.countries);
  if (destination === undefined) throw new Undelivered('refused', 'destination');
  const taken = await parts.limits.take({ account, number, address, destination });
  if (!taken.granted && taken.limit === 'unknown') throw new Undelivered('unreachable', 'limits');
  if (!taken.granted) throw new Undelivered('limited', taken.limit);

  let last = new Undelivered('unreachable', 'no gateway');
  for (const gateway of parts.gateways) {
    try {
      await gateway.send({ to: number, text, id });
      return gateway.name;
    } catch (error) {
      last = undeliveredBy(gateway, error);
      parts.logger.warn({ gateway: gateway.name, reason: last.reason, detail: last.detail }, 'gateway did not send');
      // It may be on its way: from another gateway it would come twice.
      if (last.reason === 'unknown') break;
    }
  }
  throw last;
}

/** What a gateway did wrong in any other way says nothing about the message, and may quote it. */
function undeliveredBy({ name }: SmsGateway, error: unknown): Undelivered {
  if (error instanceof Undelivered) return error;
  return new Undelivered('unknown', `${name} failed with ${error instanceof Error ? error.name : 'no error'}`);
}
