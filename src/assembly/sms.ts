import type { Logger } from 'pino';
import { assertGateway, type Config, ConfigError, type SmsSettings } from '../config.ts';
import { bird } from '../delivery/sms/bird.ts';
import type { Carrier } from '../delivery/sms/carrier.ts';
import { http } from '../delivery/sms/http.ts';
import { messageBird } from '../delivery/sms/messagebird.ts';
import { createOutbox, type Outbox } from '../delivery/sms/outbox.ts';
import { reliable } from '../delivery/sms/reliable.ts';
import { smpp } from '../delivery/sms/smpp.ts';
import { twilio } from '../delivery/sms/twilio.ts';
import { vonage } from '../delivery/sms/vonage.ts';
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
  const carriers = only === undefined ? carriersOf(sms, clock) : [];
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

function carriersOf(sms: SmsSettings, clock: Clock): readonly Carrier[] {
  const { timeout, gateway, fallback } = sms;
  const parts = { deadline: () => AbortSignal.timeout(timeout), clock };
  const made = {
    twilio: sms.twilio && twilio(sms.twilio, parts),
    vonage: sms.vonage && vonage(sms.vonage, parts),
    messagebird: sms.messagebird && messageBird(sms.messagebird, parts),
    bird: sms.bird && bird(sms.bird, parts),
    smpp: sms.smpp && smpp(sms.smpp, parts),
    http: sms.http && http(sms.http, parts),
    outbox: undefined,
  };
  return [gateway, fallback].flatMap((name) => (name === undefined ? [] : (made[name] ?? [])));
}
