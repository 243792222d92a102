import type { Logger } from 'pino';
import { assertGateway, type Config, ConfigError } from '../config.ts';
import { createOutbox, type Outbox } from '../delivery/sms/outbox.ts';
import { reliable } from '../delivery/sms/reliable.ts';
import type { Clock } from '../domain/clock.ts';
import type { AuditLog, SendingLimits, SmsGateway, TextMessages } from '../domain/ports.ts';
import { unknownCountries } from '../flows/text-messages/destination.ts';
import { createTextMessages } from '../flows/text-messages/index.ts';

export interface SmsParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly audit: AuditLog;
  readonly sendingLimits: SendingLimits;
  /** Takes the place of the configured ones. */
  readonly smsGateway?: SmsGateway | undefined;
}

export interface Sms {
  /** Absent where there is no gateway. */
  readonly textMessages?: TextMessages;
  /** What was sent, where it goes nowhere. */
  readonly outbox?: Outbox;
  /** Ends connections to gateways. */
  close(): Promise<void>;
}

/**
 * The sender of text messages that the configuration describes.
 * @throws {ConfigError} when it cannot send what it is to send
 */
export async function openSms(config: Config, parts: SmsParts): Promise<Sms> {
  const { sms } = config;
  const { clock, logger, smsGateway } = parts;
  assertGateway(config, smsGateway !== undefined);
  if (smsGateway === undefined && sms.gateway === undefined) return { close: async () => {} };
  const unknown = await unknownCountries(sms.countries);
  if (unknown.length > 0) {
    throw new ConfigError([
      { path: 'sms.countries', expected: 'countries that have phone numbers', found: unknown.join(', ') },
    ]);
  }

  const outbox = smsGateway === undefined && sms.gateway === 'outbox' ? createOutbox(clock) : undefined;
  const only = smsGateway ?? outbox;
  const carriers = only === undefined ? (await import('./carriers.ts')).carriersOf(sms, clock) : [];
  const gateways = only === undefined ? carriers.map((carrier) => reliable(carrier, sms)) : [only];
  return {
    textMessages: createTextMessages({
      gateways,
      limits: parts.sendingLimits,
      countries: sms.countries,
      audit: parts.audit,
      clock,
      logger,
    }),
    ...(outbox !== undefined && { outbox }),
    async close() {
      await Promise.all(carriers.map((carrier) => carrier.close?.()));
    },
  };
}
